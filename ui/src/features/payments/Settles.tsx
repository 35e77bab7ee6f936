import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { AllocationView } from "~/ipc/gen/AllocationView";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import { Amount, Button, Day, Table, type TableColumn } from "~/ui/primitives";
import { ReleaseDialog } from "~/ui/release/ReleaseDialog";
import s from "./Payments.module.css";

/** The invoices a payment settles, and those it settled and no longer does. */
export function Settles({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
  const [chosen, setChosen] = useState<AllocationView | null>(null);
  return (
    <section>
      <div className={s.sectionHead}>
        <h2>{t("settled_invoices")}</h2>
        <span className="t3 num">{payment.allocations.length}</span>
      </div>
      {payment.allocations.length === 0 ? (
        <p className={`t2 ${s.inset}`}>{t("settles_nothing")}</p>
      ) : (
        <Table
          label={t("settled_invoices")}
          look="page"
          rows={payment.allocations}
          rowId={(row) => row.id}
          columns={[
            { id: "number", header: t("invoice"), cell: (row) => <Invoice row={row} /> },
            {
              id: "date",
              header: t("allocated_on"),
              width: "144px",
              cell: (row) => (
                <span className="t2">
                  <Day of={row.date} />
                </span>
              ),
            },
            {
              id: "amount",
              header: t("amount"),
              align: "end",
              width: "144px",
              cell: (row) => <Amount of={row.amount} look={row.ended_on ? "dim" : "main"} />,
            },
            ...(payment.allocations.some((row) => row.gain) ? [gainColumn(t("by_exchange"))] : []),
            {
              id: "verb",
              header: <span className="sr">{t("release")}</span>,
              align: "end",
              width: "112px",
              cell: (row) =>
                row.ended_on === null && (
                  <Button size="small" onPress={() => setChosen(row)}>
                    {t("release")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {chosen && (
        <ReleaseDialog
          settlement={{ ...chosen, source: "payment" }}
          number={chosen.invoice_number}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  );
}

/** What was gained by exchange with each; below nothing: lost. */
const gainColumn = (header: string): TableColumn<AllocationView> => ({
  id: "gain",
  header,
  align: "end",
  width: "152px",
  cell: (row) => (row.gain ? <Amount of={row.gain} withCurrency /> : null),
});

function Invoice({ row }: { row: AllocationView }) {
  const { t } = useTranslation("payments");
  return (
    <>
      <Link to={placeOf("invoice", row.invoice_id)} className="num">
        {row.invoice_number}
      </Link>
      {row.ended_on && (
        <span className="t3 small">
          {" "}
          {t("ended")} <Day of={row.ended_on} />
        </span>
      )}
    </>
  );
}
