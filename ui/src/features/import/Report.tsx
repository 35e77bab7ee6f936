import { Link } from "@tanstack/react-router";
import { CircleCheck, Download } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "~/ipc/gen/ImportReport";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Figure, Note } from "~/ui/primitives";
import s from "./Import.module.css";
import { reportColumns } from "./reportColumns";
import { type ImportKind, SEEN_AT } from "./routes";
import { columnWord } from "./why";

interface ReportProps {
  report: ImportReport;
  kind: ImportKind;
  onAnother: () => void;
  onSaveRefused: () => void;
}

const count = new Intl.NumberFormat("nb-NO");

/** Row by row what would come in, what would not and why; afterwards, what did. */
export function Report({ report, kind, onAnother, onSaveRefused }: ReportProps) {
  const { t } = useTranslation("import");
  const rows = useLocalRows(report.rows);
  const columns = useMemo(() => reportColumns(t), [t]);
  return (
    <>
      <Figures report={report} />
      {report.ignored_columns.length > 0 && (
        <div className={s.trouble}>
          <Note tone="warning" title={t("ignored_title")}>
            {report.ignored_columns.join(", ")}
          </Note>
        </div>
      )}
      {report.recorded && <Done report={report} kind={kind} onAnother={onAnother} />}
      <DataGrid
        label={t("rows")}
        columns={columns}
        rows={rows}
        rowId={(row) => String(row.line)}
        empty={<EmptyState kind="no_match" title={t("no_rows")} />}
        footLead={
          <span className={s.foot}>
            {report.rows.length < report.read
              ? t("shown_of", { shown: report.rows.length, read: report.read })
              : t("shown_all", { count: report.rows.length })}
            {report.refused > 0 && (
              <Button size="small" icon={Download} onPress={onSaveRefused}>
                {t("save_refused")}
              </Button>
            )}
          </span>
        }
      />
    </>
  );
}

/** How many rows were read and what became of them, and how the file was understood. */
function Figures({ report }: { report: ImportReport }) {
  const { t } = useTranslation("import");
  return (
    <div className={s.figures}>
      <Figure label={t("read")} value={count.format(report.read)} />
      <Figure
        label={t(report.recorded ? "brought_in" : "good")}
        value={count.format(report.accepted)}
        tone="success"
      />
      <Figure
        label={t("refused")}
        value={count.format(report.refused)}
        tone={report.refused > 0 ? "danger" : undefined}
      />
      <Figure label={t("unchanged")} value={count.format(report.unchanged)} />
      {report.left_out > 0 && (
        <Figure label={t("left_out_figure")} value={count.format(report.left_out)} />
      )}
      <p className={`t3 small ${s.shape}`}>
        {report.source !== "" && `${t(`source_${report.source as "frappe_books"}`)} · `}
        {t("shape", {
          delimiter: t(delimiterWord(report.delimiter)),
          encoding: report.encoding.toUpperCase(),
        })}
        <br />
        {t("found_columns", {
          columns: report.columns.map((c) => columnWord(c, report.kind)).join(", "),
        })}
      </p>
    </div>
  );
}

/** The file is in the book. */
function Done({ report, kind, onAnother }: Omit<ReportProps, "onSaveRefused">) {
  const { t } = useTranslation("import");
  return (
    <div className={s.trouble}>
      <Note
        tone="success"
        icon={CircleCheck}
        title={t(`done_${kind}`, { count: report.accepted })}
        actions={
          <>
            <Link to={SEEN_AT[kind]} search={linkSearch(kind)}>
              {t(`see_${kind}`)}
            </Link>
            {report.import_id && (
              <Link to="/import/$id" params={{ id: report.import_id }}>
                {t("see_import")}
              </Link>
            )}
            <Button size="small" onPress={onAnother}>
              {t("another_file")}
            </Button>
          </>
        }
      >
        {report.refused > 0 && t("left_out", { count: report.refused })}
      </Note>
    </div>
  );
}

const linkSearch = (kind: ImportKind) => (kind === "services" ? { tab: "prices" } : {});

function delimiterWord(delimiter: string) {
  if (delimiter === ";") return "semicolon" as const;
  return delimiter === "," ? ("comma" as const) : ("tab" as const);
}
