import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ExportQuality } from "~/ipc/gen/ExportQuality";
import type { QualityFinding } from "~/ipc/gen/QualityFinding";
import { EmptyState, Note, Table } from "~/ui/primitives";
import s from "./Health.module.css";
import { why, wrong } from "./words";

/** What would be refused if it were sent now; each row leads to where it is mended. */
export function Findings({ quality }: { quality: ExportQuality }) {
  const { t } = useTranslation("health");
  const { findings, more, waiting } = quality;
  if (findings.length === 0)
    return (
      <EmptyState kind="all_done" title={t("clean_title")}>
        {waiting > 0 ? t("clean_body", { count: waiting }) : t("clean_nothing")}
      </EmptyState>
    );
  return (
    <>
      {more > 0 && <Note tone="info">{t("more", { count: more, shown: findings.length })}</Note>}
      <Table
        label={t("findings")}
        look="page"
        rows={findings}
        rowId={(of) => `${of.connection_id} ${of.class} ${of.kind} ${of.id}`}
        columns={[
          { id: "label", header: t("what"), cell: (of) => <Mend of={of} /> },
          {
            id: "wrong",
            header: t("wrong"),
            cell: (of) => (
              <>
                {wrong(t, of)}
                <div className={s.under}>{why(t, of)}</div>
              </>
            ),
          },
          { id: "system", header: t("system"), width: "180px", cell: (of) => of.system },
          {
            id: "documents",
            header: t("documents"),
            align: "end",
            width: "110px",
            cell: (of) => <span className="num">{of.documents > 0 ? of.documents : ""}</span>,
          },
        ]}
      />
    </>
  );
}

/** Its name, which opens the place where it is mended. */
function Mend({ of }: { of: QualityFinding }) {
  const { t } = useTranslation("health");
  const { connection_id: connection, id, kind, label } = of;
  if (kind === "payer")
    return (
      <Link to="/payers/$id" params={{ id }}>
        {label}
      </Link>
    );
  if (kind === "student")
    return (
      <Link to="/students/$id" params={{ id }}>
        {label}
      </Link>
    );
  if (kind === "documents")
    return (
      <Link to="/exports" search={{ connection, view: "waiting" }}>
        {of.documents > 1 ? t("and_more", { label, count: of.documents - 1 }) : label}
      </Link>
    );
  return (
    <Link to="/mapping" search={{ connection, kind, missing: true }}>
      {label}
    </Link>
  );
}
