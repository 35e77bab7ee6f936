import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import { useRpcMutation } from "~/ipc/hooks";
import { useAmountText } from "~/ui/exchange/words";
import { ConfirmDialog, DateField, Note, TextField, toast } from "~/ui/primitives";

export type Turn = "reverse" | "confirm" | "fail";

interface TurnDialogProps {
  payment: PaymentView;
  turn: Turn;
  onClose: () => void;
}

/** How each turn is said to the backend. */
function useTurn(payment: PaymentView, turn: Turn) {
  const reverse = useRpcMutation("reverse_payment");
  const other = useRpcMutation("turn_payment");
  const used = turn === "reverse" ? reverse : other;
  function say(on: string, reason: string, onSuccess: () => void) {
    const about = { payment_id: payment.id, on, reason };
    if (turn === "reverse")
      reverse.mutate({ ...about, amount: payment.amount.amount }, { onSuccess });
    else
      other.mutate(
        { ...about, outcome: turn === "confirm" ? "confirmed" : "failed" },
        { onSuccess },
      );
  }
  return { say, isBusy: used.isPending, error: used.error };
}

/** What became of a payment: names it, says what follows, and asks when and why. */
export function TurnDialog({ payment, turn, onClose }: TurnDialogProps) {
  const { t } = useTranslation("payments");
  const { today } = useDesk();
  const [on, setOn] = useState<string | null>(today);
  const [reason, setReason] = useState("");
  const { say, isBusy, error } = useTurn(payment, turn);
  const amountText = useAmountText();
  const facts = { amount: amountText(payment.amount), name: payment.student };
  const needsReason = turn === "reverse" && reason.trim() === "";
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t(`${turn}_title`, facts)}
      safeLabel={t("leave_it")}
      verbLabel={t(`${turn}_amount`, facts)}
      tone={turn === "reverse" ? "danger" : "normal"}
      isBusy={isBusy}
      blockedReason={on === null ? t("need_day") : needsReason ? t("need_reason") : undefined}
      onConfirm={() =>
        say(on ?? today, reason, () => {
          toast({ text: t(`${turn}_done`, facts) });
          onClose();
        })
      }
    >
      <p className="t2">{t(`${turn}_body`, facts)}</p>
      {error && <Note tone="danger">{faultText(faultOf(error))}</Note>}
      <DateField
        label={t("turn_on")}
        name="on"
        isRequired
        today={today}
        min={payment.received_on}
        max={today}
        value={on}
        onChange={setOn}
      />
      <TextField
        label={t("reason")}
        name="reason"
        isRequired={turn === "reverse"}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
