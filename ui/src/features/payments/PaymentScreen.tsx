import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { CreditView } from "~/ipc/gen/CreditView";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import {
  Amount,
  Button,
  Day,
  ExportPill,
  Facts,
  Figure,
  Moment,
  Note,
  Page,
  PageHead,
  Scroll,
  Table,
  UnreadPage,
} from "~/ui/primitives";
import { usePayment } from "./api";
import s from "./Payments.module.css";
import { paymentRoute } from "./routes";
import { UseCreditDialog } from "./UseCreditDialog";

/** One payment: what came in, and what became of it. */
export function PaymentScreen() {
  const { t } = useTranslation("payments");
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
});

function Loaded({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const [isUsing, setUsing] = useState(false);
  const hasCredit = !isZero(payment.unallocated);
  return (
    <Page>
      <PageHead
        crumb={<Link to="/payments">{t("title")}</Link>}
        title={t("payment_of", { name: payment.student })}
        sub={<Day of={payment.received_on} look="long" />}
        actions={
          <>
            <Button onPress={() => void navigate({ to: placeOf("student", payment.student_id) })}>
              {t("to_student")}
            </Button>
            {hasCredit && (
              <Button variant="primary" onPress={() => setUsing(true)}>
                {t("set_against")}
              </Button>
            )}
          </>
        }
      />
      <Scroll width="full">
        <Received payment={payment} />
        {hasCredit && (
          <div className={s.inset}>
            <Note
              tone="credit"
              title={t("is_credit", { amount: formatAmount(payment.unallocated) })}
            >
              {t("is_credit_body")}
            </Note>
          </div>
        )}
        <Allocations payment={payment} />
        {payment.exports.length > 0 && <Exports payment={payment} />}
      </Scroll>
      {isUsing && (
        <UseCreditDialog
          credit={creditOf(payment)}
          studentId={payment.student_id}
          currency={payment.amount.currency}
          onClose={() => setUsing(false)}
        />
      )}
    </Page>
  );
}

/** What came in, as the bank told it. */
function Received({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
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

function Allocations({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
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
          rowId={(row) => `${row.invoice_id} ${row.date} ${row.amount.amount}`}
          columns={[
            {
              id: "number",
              header: t("invoice"),
              cell: (row) => (
                <Link to={placeOf("invoice", row.invoice_id)} className="num">
                  {row.invoice_number}
                </Link>
              ),
            },
            {
              id: "date",
              header: t("allocated_on"),
              width: "160px",
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
              width: "160px",
              cell: (row) => <Amount of={row.amount} look="main" />,
            },
          ]}
        />
      )}
    </section>
  );
}

function Exports({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
  return (
    <section>
      <div className={s.sectionHead}>
        <h2>{t("exports")}</h2>
      </div>
      <Table
        label={t("exports")}
        look="page"
        rows={payment.exports}
        rowId={(row) => row.record_id}
        columns={[
          { id: "system", header: t("system"), cell: (row) => row.system },
          { id: "state", header: t("state"), cell: (row) => <ExportPill status={row.state} /> },
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
