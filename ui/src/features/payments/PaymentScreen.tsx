import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { formatAmount, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { CreditView } from "~/ipc/gen/CreditView";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import { useGainFacts } from "~/ui/exchange/Worth";
import { useAmountText } from "~/ui/exchange/words";
import { JournalOf } from "~/ui/journal/JournalOf";
import {
  Amount,
  Day,
  Facts,
  Figure,
  Note,
  Page,
  PageHead,
  Scroll,
  UnreadPage,
} from "~/ui/primitives";
import { RefundDialog } from "~/ui/refund/RefundDialog";
import { Timeline } from "~/ui/timeline/Timeline";
import { usePayment } from "./api";
import { Exports } from "./Exports";
import { PaymentPill } from "./PaymentPill";
import s from "./Payments.module.css";
import { type Asked, PaymentVerbs } from "./PaymentVerbs";
import { Refunds } from "./Refunds";
import { paymentRoute } from "./routes";
import { Settles } from "./Settles";
import { TurnDialog } from "./TurnDialog";
import { UseCreditDialog } from "./UseCreditDialog";

/** One payment: what came in, and what became of it. */
export function PaymentScreen() {
  const { t } = useTranslation(["payments", "ledger"]);
  const { id } = paymentRoute.useParams();
  const { data, error } = usePayment(id);
  if (data) return <Loaded payment={data} />;
  return (
    <UnreadPage
      crumb={<Link to="/payments">{t("title")}</Link>}
      title={t("payment")}
      fault={error ? faultText(faultOf(error)) : undefined}
      action={<Link to="/payments">{t("to_list")}</Link>}
    />
  );
}

const creditOf = (payment: PaymentView): CreditView => ({
  source: "payment",
  source_id: payment.id,
  label: payment.method_name,
  date: payment.received_on,
  unused: payment.unallocated,
  base: payment.base?.unallocated ?? null,
});

function Loaded({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation(["payments", "ledger"]);
  const [asked, ask] = useState<Asked | null>(null);
  const amountText = useAmountText();
  const close = () => ask(null);
  const hasCredit = !isZero(payment.unallocated);
  return (
    <Page>
      <PageHead
        crumb={<Link to="/payments">{t("title")}</Link>}
        title={t("payment_of", { name: payment.student })}
        sub={<Day of={payment.received_on} look="long" />}
        badge={<PaymentPill state={payment.state} isHeader />}
        actions={
          <>
            <HistoryButton about={`payment/${payment.id}`} />
            <PaymentVerbs payment={payment} onAsk={ask} />
          </>
        }
      />
      <Scroll width="full">
        <Received payment={payment} />
        {hasCredit && (
          <div className={s.inset}>
            <Note tone="credit" title={t("is_credit", { amount: amountText(payment.unallocated) })}>
              {t("is_credit_body")}
            </Note>
          </div>
        )}
        <Settles payment={payment} />
        {payment.refunds.length > 0 && <Refunds payment={payment} />}
        {payment.exports.length > 0 && <Exports exports={payment.exports} />}
        <section>
          <div className={s.sectionHead}>
            <h2>{t("ledger:postings")}</h2>
          </div>
          <div className={s.inset}>
            <JournalOf id={payment.id} />
          </div>
        </section>
        <section>
          <div className={s.sectionHead}>
            <h2>{t("history")}</h2>
          </div>
          <div className={s.inset}>
            <Timeline entries={payment.history} />
          </div>
        </section>
      </Scroll>
      {asked && <Ask what={asked} payment={payment} onClose={close} />}
    </Page>
  );
}

/** The decision a person asked for. */
function Ask({
  what,
  payment,
  onClose,
}: {
  what: Asked;
  payment: PaymentView;
  onClose: () => void;
}) {
  if (what === "use")
    return (
      <UseCreditDialog
        credit={creditOf(payment)}
        studentId={payment.student_id}
        currency={payment.amount.currency}
        onClose={onClose}
      />
    );
  if (what === "refund")
    return (
      <RefundDialog
        studentId={payment.student_id}
        sources={[{ source: "payment", source_id: payment.id }]}
        onClose={onClose}
      />
    );
  return <TurnDialog payment={payment} turn={what} onClose={onClose} />;
}

/** What came in, as the bank told it. */
function Received({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
  const gainFacts = useGainFacts();
  const unused = payment.unallocated;
  const facts = [
    {
      label: t("student"),
      value: <Link to={placeOf("student", payment.student_id)}>{payment.student}</Link>,
    },
    { label: t("method"), value: payment.method_name },
    {
      label: t("reference_short"),
      value: <span className="num">{payment.reference || "–"}</span>,
    },
    {
      label: t("not_allocated"),
      value: <Amount of={unused} look={isZero(unused) ? "dim" : "credit"} />,
    },
    ...(payment.base
      ? [{ label: t("in_books"), value: <Amount of={payment.base.amount} withCurrency /> }]
      : []),
    ...gainFacts(payment.base?.gain),
    ...(payment.note ? [{ label: t("note"), value: payment.note }] : []),
  ];
  return (
    <div className={s.head}>
      <Figure
        size="page"
        label={t("received")}
        unit={payment.amount.currency}
        value={formatAmount(payment.amount)}
      />
      <div className={s.facts}>
        <Facts look="over" facts={facts} />
      </div>
    </div>
  );
}
