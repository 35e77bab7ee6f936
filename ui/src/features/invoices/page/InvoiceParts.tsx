import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import type { OpeningView } from "~/ipc/gen/OpeningView";
import { JournalOf } from "~/ui/journal/JournalOf";
import { PlanCards } from "~/ui/plan/PlanCard";
import { Amount, Day, Facts, Figure, Note } from "~/ui/primitives";
import { useTermsText } from "~/ui/terms/TermsField";
import { Timeline } from "~/ui/timeline/Timeline";
import { Books } from "./Books";
import s from "./Document.module.css";
import { InBooks } from "./InBooks";
import { LinesTable } from "./LinesTable";
import { Settled } from "./Settled";
import { DiscountRow, SplitParts } from "./SplitParts";
import { UsableCredit } from "./UsableCredit";
import { VatTable } from "./VatTable";

/** What an invoice says and what became of it, from the top down. */
export function InvoiceParts({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation(["invoices", "ledger"]);
  return (
    <>
      <Head invoice={invoice} />
      {invoice.opening && <Opening opening={invoice.opening} />}
      <UsableCredit invoice={invoice} />
      <PlanCards invoice_id={invoice.id} />
      <Buyer invoice={invoice} />
      <section className={s.flush}>
        <LinesTable lines={invoice.lines} />
      </section>
      <section className={s.part}>
        <DiscountRow invoice={invoice} />
        <VatTable totals={invoice.totals} />
      </section>
      {invoice.exchange && <InBooks of={invoice.exchange} />}
      {invoice.split && <SplitParts invoice={invoice} split={invoice.split} />}
      <Settled invoice={invoice} />
      {invoice.exports.length > 0 && (
        <section className={s.part}>
          <h2 className={s.partName}>{t("in_the_books")}</h2>
          <Books exports={invoice.exports} />
        </section>
      )}
      <section className={s.part}>
        <h2 className={s.partName}>{t("ledger:postings")}</h2>
        <JournalOf id={invoice.id} />
      </section>
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
            ...(invoice.exchange
              ? [
                  {
                    label: t("in_books"),
                    value: <Amount of={invoice.exchange.left} withCurrency />,
                  },
                ]
              : []),
            ...(invoice.plan === "kept"
              ? [{ label: t("by_plan"), value: <Day of={invoice.due_by} look="long" /> }]
              : []),
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

/** What the system that issued it says of it. */
function Opening({ opening }: { opening: OpeningView }) {
  const { t } = useTranslation("invoices");
  const amounts = [
    { label: t("opening_total"), of: opening.total },
    { label: t("opening_vat"), of: opening.vat },
  ];
  return (
    <section className={s.part}>
      <Note tone="info" title={t("opening_title")}>
        {t("opening_body", { number: opening.number })}
      </Note>
      <Facts
        look="over"
        facts={amounts.flatMap(({ label, of }) =>
          of ? [{ label, value: <Amount of={of} /> }] : [],
        )}
      />
    </section>
  );
}

/** Whose it is, and what was said about it. */
function Buyer({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  const termsText = useTermsText();
  const { buyer } = invoice;
  const student = {
    label: t("student"),
    value: (
      <Link to="/students/$id" params={{ id: invoice.student_id }}>
        {invoice.student} <span className="num t2">{invoice.student_number}</span>
      </Link>
    ),
  };
  const address = {
    label: t("address"),
    value:
      [buyer.address.line1, `${buyer.address.postal_code} ${buyer.address.city}`.trim()]
        .filter(Boolean)
        .join(", ") || "–",
  };
  return (
    <section className={s.part}>
      <Facts
        facts={[
          ...(invoice.payer
            ? [
                {
                  label: t("paid_by"),
                  value: (
                    <Link to="/payers/$id" params={{ id: invoice.payer.id }}>
                      {buyer.name} <span className="num t2">{invoice.payer.org_number}</span>
                    </Link>
                  ),
                },
              ]
            : []),
          ...(invoice.payer ? [address, student] : [student, address]),
          ...(invoice.department ? [{ label: t("department"), value: invoice.department }] : []),
          ...(invoice.delivery_date
            ? [{ label: t("delivered"), value: <Day of={invoice.delivery_date} look="long" /> }]
            : []),
          ...(invoice.terms ? [{ label: t("terms"), value: termsText(invoice.terms) }] : []),
          ...(invoice.note ? [{ label: t("note"), value: invoice.note }] : []),
        ]}
      />
    </section>
  );
}
