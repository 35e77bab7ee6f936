import { useTranslation } from "react-i18next";
import type { ExportView } from "~/ipc/gen/ExportView";
import { useSystemName } from "~/ipc/systems";
import { ExportPill, Moment, Table } from "~/ui/primitives";
import s from "./Payments.module.css";

/** Where it stands in the accounting systems. */
export function Exports({ exports }: { exports: readonly ExportView[] }) {
  const { t } = useTranslation("payments");
  const systemName = useSystemName();
  return (
    <section>
      <div className={s.sectionHead}>
        <h2>{t("exports")}</h2>
      </div>
      <Table
        label={t("exports")}
        look="page"
        rows={exports}
        rowId={(row) => row.record_id}
        columns={[
          { id: "system", header: t("system"), cell: (row) => systemName(row.system) },
          {
            id: "state",
            header: t("state"),
            cell: (row) => (
              <>
                <ExportPill status={row.state} />
                {row.is_removal && <span className="t2"> {t("removal")}</span>}
              </>
            ),
          },
          {
            id: "number",
            header: t("their_number"),
            cell: (row) => <span className="num">{row.external_number ?? "–"}</span>,
          },
          {
            id: "since",
            header: t("since"),
            align: "end",
            width: "160px",
            cell: (row) => (
              <span className="t2">
                <Moment of={row.since} />
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
