import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lessonsText } from "~/domain/lessons";
import { formatAmount, isZero } from "~/domain/money";
import { goTo, placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { EntitlementView } from "~/ipc/gen/EntitlementView";
import { ConfirmDialog, Facts, Note, TextField, toast } from "~/ui/primitives";
import { useRefundRest } from "./api";

/** Ends a package: a credit note over its rest, which is credit that can be paid back. */
export function RefundRestDialog({ of, onClose }: { of: EntitlementView; onClose: () => void }) {
  const { t } = useTranslation("packages");
  const { today } = useDesk();
  // Made when the dialog opens: pressing twice credits once.
  const [id] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState("");
  const refund = useRefundRest();
  const refused = fieldFaults(refund.error, ["reason"]);
  const amount = formatAmount(of.refundable);
  const confirm = () =>
    refund.mutate(
      { id, entitlement_id: of.id, amount: of.refundable.amount, on: today, reason },
      {
        onSuccess: ({ notes }) => {
          const [first] = notes;
          toast({
            text: t("refunded", { number: notes.map((note) => note.number).join(", "), amount }),
            action: first && {
              label: t("open_note"),
              onPress: () => goTo(placeOf("credit_note", first.id)),
            },
          });
          onClose();
        },
      },
    );
  const numbers = of.invoices.map((invoice) => invoice.number).join(", ");
  const left = of.amount_left ? formatAmount(of.amount_left) : lessonsText(of.lessons_left);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("refund_title", { name: of.name })}
      safeLabel={t("refund_keep")}
      verbLabel={t("refund_amount", { amount })}
      isBusy={refund.isPending}
      blockedReason={reason.trim() === "" ? t("need_reason") : undefined}
      onConfirm={confirm}
    >
      <p className="t2">{t("refund_body", { count: of.invoices.length, number: numbers })}</p>
      <Facts
        facts={[
          { label: t("left"), value: left },
          { label: t("rule"), value: t(`refund_${of.refund as "pro_rata"}`) },
          ...(isZero(of.credited)
            ? []
            : [{ label: t("credited_before"), value: formatAmount(of.credited) }]),
          { label: t("credited"), value: amount },
        ]}
      />
      {!isZero(of.invoice_open) && (
        <Note tone="info">
          {t("refund_open", { amount: formatAmount(of.invoice_open), number: numbers })}
        </Note>
      )}
      {refused.elsewhere && <Note tone="danger">{refused.elsewhere}</Note>}
      <TextField
        label={t("reason")}
        name="reason"
        isRequired
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={refused.at.reason}
      />
    </ConfirmDialog>
  );
}
