import type { TFunction } from "i18next";
import type { StatusShape, Tone } from "~/domain/status";
import { i18n } from "~/i18n";
import type { ImportedRow } from "~/ipc/gen/ImportedRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Pill } from "~/ui/primitives";

export const LOOKS: Record<string, { tone: Tone; shape: StatusShape }> = {
  there: { tone: "success", shape: "done" },
  taking_back: { tone: "warning", shape: "clock" },
  taken_back: { tone: "neutral", shape: "void" },
  stays: { tone: "warning", shape: "warning" },
};

/** Why a row stays, in words. */
export function whyStays(code: string): string {
  const key = `import:stays_${code}`;
  return i18n.exists(key) ? String(i18n.t(key as never)) : i18n.t("import:stays_other");
}

/** What a file brought in, and what became of it. */
export function importedColumns(t: TFunction<"import">): GridColumn<ImportedRow>[] {
  return [
    {
      id: "line",
      header: t("line"),
      width: 64,
      align: "end",
      cell: (r) => <span className="num t2">{r.line}</span>,
    },
    {
      id: "number",
      header: t("column_number"),
      width: 132,
      cell: (r) => (
        <span className="num t2 clip" title={r.number}>
          {r.number}
        </span>
      ),
    },
    {
      id: "name",
      header: t("column_name"),
      width: 200,
      grow: true,
      cell: (r) => (
        <span className="clip" title={r.name}>
          {r.name}
        </span>
      ),
    },
    {
      id: "amount",
      header: t("column_amount"),
      width: 120,
      align: "end",
      givesWay: 2,
      cell: (r) => (r.amount ? <Amount of={r.amount} /> : <span className="t3">–</span>),
    },
    {
      id: "did",
      header: t("did"),
      width: 132,
      givesWay: 1,
      cell: (r) => <span className="t2">{t(r.changed ? "did_change" : "did_bring")}</span>,
    },
    {
      id: "outcome",
      header: t("now"),
      width: 340,
      cell: (r) => <Now row={r} t={t} />,
    },
  ];
}

function Now({ row, t }: { row: ImportedRow; t: TFunction<"import"> }) {
  const why = row.reason === "" ? "" : whyStays(row.reason);
  return (
    <>
      <Pill {...(LOOKS[row.outcome] ?? { tone: "neutral", shape: "none" })} isQuiet>
        {t(`row_${row.outcome as "there"}`)}
      </Pill>
      {why && (
        <span className="t3 small clip" title={why}>
          {why}
        </span>
      )}
    </>
  );
}
