import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import { Amount, Day, Table } from "~/ui/primitives";
import s from "./Payments.module.css";

/** What of it was paid back. */
export function Refunds({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
  return (
    <section>
      <div className={s.sectionHead}>
        <h2>{t("paid_back")}</h2>
        <span className="t3 num">{payment.refunds.length}</span>
      </div>
      <Table
        label={t("paid_back")}
        look="page"
        rows={payment.refunds}
        rowId={(row) => row.id}
        columns={[
          {
            id: "why",
            header: t("reason"),
            cell: (row) => <Link to={placeOf("refund", row.id)}>{row.reason}</Link>,
          },
          {
            id: "date",
            header: t("paid_on"),
            width: "144px",
            cell: (row) => (
              <span className="t2">
                <Day of={row.paid_on} />
              </span>
            ),
          },
          {
            id: "amount",
            header: t("amount"),
            align: "end",
            width: "144px",
            cell: (row) => <Amount of={row.amount} look="main" />,
          },
        ]}
      />
    </section>
  );
}
