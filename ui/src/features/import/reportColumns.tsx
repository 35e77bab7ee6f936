import type { TFunction } from "i18next";
import type { StatusShape, Tone } from "~/domain/status";
import type { ImportRow } from "~/ipc/gen/ImportRow";
import type { GridColumn } from "~/ui/grid";
import { Pill } from "~/ui/primitives";
import { columnWord, whyRefused } from "./why";

const LOOKS: Record<string, { tone: Tone; shape: StatusShape }> = {
  accepted: { tone: "success", shape: "done" },
  refused: { tone: "danger", shape: "alert" },
  unchanged: { tone: "neutral", shape: "check" },
  left_out: { tone: "neutral", shape: "none" },
};

export function reportColumns(t: TFunction<"import">): GridColumn<ImportRow>[] {
  return [
    {
      id: "line",
      header: t("line"),
      width: 64,
      align: "end",
      cell: (r) => <span className="num t2">{r.line}</span>,
    },
    {
      id: "outcome",
      header: t("outcome"),
      width: 116,
      cell: (r) => (
        <Pill
          {...(LOOKS[r.outcome] ?? { tone: "neutral", shape: "none" })}
          isQuiet={r.outcome !== "refused"}
        >
          {t(`outcome_${r.outcome as "accepted"}`)}
        </Pill>
      ),
    },
    {
      id: "label",
      header: t("row"),
      width: 168,
      cell: (r) => (
        <span className="clip" title={r.label}>
          {r.label}
        </span>
      ),
    },
    {
      id: "column",
      header: t("column"),
      width: 96,
      cell: (r) => <span className="t2 clip">{columnWord(r.column)}</span>,
    },
    {
      id: "value",
      header: t("value"),
      width: 140,
      cell: (r) =>
        r.value === null ? null : (
          <span className="clip num" title={r.value}>
            {r.value === "" ? <span className="t3">{t("empty")}</span> : r.value}
          </span>
        ),
    },
    {
      id: "why",
      header: t("why"),
      width: 240,
      grow: true,
      cell: (r) => (
        <span className="clip" title={whyRefused(r)}>
          {whyRefused(r)}
        </span>
      ),
    },
  ];
}
