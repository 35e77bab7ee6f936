import { useTranslation } from "react-i18next";
import { isZero } from "~/domain/money";
import type { ProviderReportRow } from "~/ipc/gen/ProviderReportRow";
import type { ProviderReportView } from "~/ipc/gen/ProviderReportView";
import { Amount, Note, Pill, Table } from "~/ui/primitives";
import s from "./TheirReports.module.css";

interface Section {
  name: string;
  rows: ProviderReportRow[];
}

/** Lines that follow each other under one heading. */
function sectionsOf(rows: readonly ProviderReportRow[]): Section[] {
  const sections: Section[] = [];
  for (const row of rows) {
    const last = sections.at(-1);
    if (last?.name === row.section) last.rows.push(row);
    else sections.push({ name: row.section, rows: [row] });
  }
  return sections.filter(({ rows: of }) => of.length > 0);
}

/** Their report with ours beside each account of the mapping. */
export function ReportTable({ view, system }: { view: ProviderReportView; system: string }) {
  const { t } = useTranslation("theirreports");
  return (
    <>
      {view.is_foreign && <Note tone="info">{t("foreign", { system })}</Note>}
      {view.unplaced && (
        <Note tone="warning">
          {t("unplaced", { system })} <Amount of={view.unplaced} withCurrency />
        </Note>
      )}
      {sectionsOf(view.rows).map(({ name, rows }) => (
        <section key={`${name} ${rows[0]?.name}`} className={s.part}>
          <h2 className={s.heading}>{name || t("not_there", { system })}</h2>
          <Rows label={name || t("not_there", { system })} rows={rows} system={system} />
        </section>
      ))}
    </>
  );
}

function Rows(props: { label: string; rows: ProviderReportRow[]; system: string }) {
  const { t } = useTranslation("theirreports");
  const look = ({ is_sum }: ProviderReportRow) => (is_sum ? "strong" : "plain");
  return (
    <Table
      label={props.label}
      look="page"
      rows={props.rows}
      rowId={(row) => String(props.rows.indexOf(row))}
      columns={[
        {
          id: "name",
          header: t("account"),
          cell: (row) => (row.is_sum ? <b>{row.name}</b> : row.name),
        },
        {
          id: "ours",
          header: t("ours"),
          align: "end",
          width: "150px",
          cell: (row) => row.ours && <Amount of={row.ours} />,
        },
        {
          id: "theirs",
          header: props.system,
          align: "end",
          width: "150px",
          cell: (row) => <Amount of={row.theirs} look={look(row)} />,
        },
        {
          id: "difference",
          header: t("difference"),
          align: "end",
          width: "150px",
          cell: ({ difference: of }) =>
            of && <Amount of={of} look={isZero(of) ? "plain" : "late"} />,
        },
        {
          id: "state",
          header: t("state"),
          width: "120px",
          cell: ({ difference: of }) =>
            of && (
              <Pill
                tone={isZero(of) ? "success" : "danger"}
                shape={isZero(of) ? "check" : "alert"}
                isQuiet={isZero(of)}
              >
                {t(isZero(of) ? "agrees" : "differs")}
              </Pill>
            ),
        },
      ]}
    />
  );
}
