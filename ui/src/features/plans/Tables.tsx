import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { StatusShape, Tone } from "~/domain/status";
import type { InstalmentView } from "~/ipc/gen/InstalmentView";
import type { PlanView } from "~/ipc/gen/PlanView";
import { Amount, Day, Pill, Table } from "~/ui/primitives";
import s from "./Plans.module.css";

const STATES: Record<string, [Tone, StatusShape]> = {
  paid: ["success", "done"],
  part_paid: ["warning", "part"],
  open: ["neutral", "open"],
  missed: ["danger", "alert"],
  ended: ["neutral", "void"],
};

/** What is to be paid when, and what is left of it. */
export function InstalmentsTable({ plan }: { plan: PlanView }) {
  const { t } = useTranslation("plans");
  return (
    <section>
      <div className={s.sectionHead}>
        <h2>{t("instalments")}</h2>
        <span className="t3 num">{plan.instalments.length}</span>
      </div>
      <Table
        label={t("instalments")}
        look="page"
        rows={plan.instalments}
        rowId={(row) => String(row.place)}
        columns={instalmentColumns(t, plan)}
      />
    </section>
  );
}

function instalmentColumns(t: TFunction<"plans">, plan: PlanView) {
  return [
    {
      id: "place",
      header: t("place"),
      width: "64px",
      cell: (row: InstalmentView) => <span className="t3 num">{row.place}</span>,
    },
    {
      id: "due",
      header: t("due"),
      width: "160px",
      cell: (row: InstalmentView) => <Day of={row.due_date} look="long" />,
    },
    {
      id: "state",
      header: t("state"),
      cell: (row: InstalmentView) => {
        const [tone, shape] = STATES[row.state] ?? ["neutral", "none"];
        return (
          <Pill tone={tone} shape={shape} isQuiet={row.state !== "missed"}>
            {t(`instalment_${row.state as "open"}`)}
          </Pill>
        );
      },
    },
    {
      id: "amount",
      header: t("amount"),
      align: "end" as const,
      width: "144px",
      cell: (row: InstalmentView) => <Amount of={row.amount} />,
      sum: <Amount of={plan.total} />,
    },
    {
      id: "open",
      header: t("open"),
      align: "end" as const,
      width: "144px",
      cell: (row: InstalmentView) =>
        row.open ? <Amount of={row.open} look="main" /> : <span className="t3">–</span>,
      sum: plan.open && <Amount of={plan.open} />,
    },
  ];
}

/** What it is about. */
export function InvoicesTable({ plan }: { plan: PlanView }) {
  const { t } = useTranslation("plans");
  return (
    <section>
      <div className={s.sectionHead}>
        <h2>{t("invoices")}</h2>
        <span className="t3 num">{plan.invoices.length}</span>
      </div>
      <Table
        label={t("invoices")}
        look="page"
        rows={plan.invoices}
        rowId={(row) => row.invoice_id}
        columns={[
          {
            id: "number",
            header: t("invoice"),
            cell: (row) => (
              <Link to={placeOf("invoice", row.invoice_id)} className="num">
                {row.number}
              </Link>
            ),
          },
          {
            id: "due",
            header: t("own_due"),
            width: "160px",
            cell: (row) => (
              <span className="t2">
                <Day of={row.due_date} look="long" />
              </span>
            ),
          },
          {
            id: "planned",
            header: t("planned"),
            align: "end",
            width: "144px",
            cell: (row) => <Amount of={row.planned} look="main" />,
          },
        ]}
      />
    </section>
  );
}
