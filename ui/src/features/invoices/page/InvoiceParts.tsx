import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { Amount, Day, Facts, Figure, Table } from "~/ui/primitives";
import { Books } from "./Books";
import s from "./Document.module.css";
import { LinesTable } from "./LinesTable";
import { Timeline } from "./Timeline";
import { VatTable } from "./VatTable";

/** What an invoice says and what became of it, from the top down. */
export function InvoiceParts({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  return (
    <>
      <Head invoice={invoice} />
      <Buyer invoice={invoice} />
      <section className={s.flush}>
        <LinesTable lines={invoice.lines} />
      </section>
      <section className={s.part}>
        <VatTable totals={invoice.totals} />
      </section>
      <Settled invoice={invoice} />
      {invoice.exports.length > 0 && (
        <section className={s.part}>
          <h2 className={s.partName}>{t("in_the_books")}</h2>
          <Books exports={invoice.exports} />
        </section>
      )}
      <section className={s.part}>
        <h2 className={s.partName}>{t("history")}</h2>
        <Timeline entries={invoice.history} />
      </section>
    </>
  );
}

/** What is still owed, and until when. */
function Head({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  return (
    <section className={s.part}>
      <div className={s.headline}>
        <Figure
          label={t("balance")}
          unit={invoice.open.currency}
          value={<Amount of={invoice.open} look="strong" />}
          size="page"
        />
        <Facts
          look="over"
          facts={[
            { label: t("issued"), value: <Day of={invoice.issue_date} look="long" /> },
            { label: t("due"), value: <Day of={invoice.due_date} look="long" /> },
            {
              label: t("reference_kid"),
              value: <span className="num">{invoice.payment_reference || "–"}</span>,
            },
            ...(invoice.reference ? [{ label: t("reference"), value: invoice.reference }] : []),
          ]}
        />
      </div>
    </section>
  );
}

/** Whose it is, and what was said about it. */
function Buyer({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  const { buyer } = invoice;
  return (
    <section className={s.part}>
      <Facts
        facts={[
          {
            label: t("student"),
            value: (
              <Link to="/students/$id" params={{ id: invoice.student_id }}>
                {buyer.name} <span className="num t2">{invoice.student_number}</span>
              </Link>
            ),
          },
          {
            label: t("address"),
            value:
              [buyer.address.line1, `${buyer.address.postal_code} ${buyer.address.city}`.trim()]
                .filter(Boolean)
                .join(", ") || "–",
          },
          ...(invoice.department ? [{ label: t("department"), value: invoice.department }] : []),
          ...(invoice.delivery_date
            ? [{ label: t("delivered"), value: <Day of={invoice.delivery_date} look="long" /> }]
            : []),
          ...(invoice.note ? [{ label: t("note"), value: invoice.note }] : []),
        ]}
      />
    </section>
  );
}

/** Payments and credit notes that took from the balance. */
function Settled({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  if (invoice.settlements.length === 0) return null;
  return (
    <section className={s.part}>
      <h2 className={s.partName}>{t("settled_by")}</h2>
      <Table
        label={t("settled_by")}
        rows={invoice.settlements}
        rowId={(row) => `${row.source_id} ${row.date} ${row.amount.amount}`}
        columns={[
          { id: "date", header: t("date"), width: "96px", cell: (row) => <Day of={row.date} /> },
          {
            id: "by",
            header: t("by"),
            cell: (row) =>
              row.source === "credit_note" ? (
                <Link to="/invoices/credit-notes/$id" params={{ id: row.source_id }}>
                  {t("credit_note")} {row.label}
                </Link>
              ) : (
                <a href={`#/payments/${row.source_id}`}>
                  {row.label} <span className="num t2">{row.reference}</span>
                </a>
              ),
          },
          {
            id: "amount",
            header: t("amount"),
            align: "end",
            cell: (row) => <Amount of={row.amount} />,
          },
        ]}
      />
    </section>
  );
}
