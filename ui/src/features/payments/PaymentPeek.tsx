import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatAmount, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import type { ListPeekProps } from "~/ui/list/useListPlace";
import {
  Amount,
  Button,
  Day,
  Facts,
  Figure,
  PanelSection,
  Peek,
  SkeletonLines,
  Table,
} from "~/ui/primitives";
import { Timeline } from "~/ui/timeline/Timeline";
import { usePayment } from "./api";
import { PaymentPill } from "./PaymentPill";

/** A payment beside the list: what came in, what it settles, and what happened to it. */
export function PaymentPeek({ id, row, onClose, onPrevious, onNext }: ListPeekProps<PaymentRow>) {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const payment = usePayment(id).data;
  const known = row ?? payment;
  return (
    <Peek
      title={known?.student ?? "…"}
      badge={known && <PaymentPill state={known.state} isHeader />}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      foot={
        <>
          <Button keys="enter" onPress={() => void navigate({ to: placeOf("payment", id) })}>
            {t("open_payment")}
          </Button>
          {known && (
            <Button
              variant="quiet"
              onPress={() => void navigate({ to: placeOf("student", known.student_id) })}
            >
              {t("to_student")}
            </Button>
          )}
        </>
      }
    >
      {known && <Received payment={known} />}
      {payment ? (
        <Settled payment={payment} />
      ) : (
        <PanelSection>
          <SkeletonLines count={4} />
        </PanelSection>
      )}
    </Peek>
  );
}

/** What the row already says, so that the panel is never empty. */
function Received({ payment }: { payment: PaymentRow | PaymentView }) {
  const { t } = useTranslation("payments");
  const { amount, unallocated } = payment;
  return (
    <PanelSection>
      <Figure label={t("received")} unit={amount.currency} value={formatAmount(amount)} />
      <Facts
        facts={[
          { label: t("received_on"), value: <Day of={payment.received_on} look="long" /> },
          { label: t("method"), value: payment.method_name },
          {
            label: t("reference_short"),
            value: <span className="num">{payment.reference || "–"}</span>,
          },
          {
            label: t("not_allocated"),
            value: <Amount of={unallocated} look={isZero(unallocated) ? "dim" : "credit"} />,
          },
          ...(payment.base
            ? [{ label: t("in_books"), value: <Amount of={payment.base.amount} withCurrency /> }]
            : []),
        ]}
      />
    </PanelSection>
  );
}

function Settled({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation("payments");
  const standing = payment.allocations.filter((row) => row.ended_on === null);
  return (
    <>
      <PanelSection title={t("settled_invoices")} end={standing.length}>
        {standing.length === 0 ? (
          <p className="t2">{t("settles_nothing")}</p>
        ) : (
          <Table
            label={t("settled_invoices")}
            rows={standing}
            rowId={(row) => row.id}
            columns={[
              { id: "number", header: t("invoice"), cell: (row) => row.invoice_number },
              {
                id: "amount",
                header: t("amount"),
                align: "end",
                width: "104px",
                cell: (row) => <Amount of={row.amount} />,
              },
            ]}
          />
        )}
      </PanelSection>
      <PanelSection title={t("history")}>
        <Timeline entries={payment.history} />
      </PanelSection>
    </>
  );
}
