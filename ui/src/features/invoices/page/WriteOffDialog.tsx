import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { useRpcMutation } from "~/ipc/hooks";
import { useAmountText } from "~/ui/exchange/words";
import { ConfirmDialog, Note, TextField, toast } from "~/ui/primitives";

/** Gives up what an invoice has open: names it, its student and the amount, and asks why. */
export function WriteOffDialog({
  invoice,
  onClose,
}: {
  invoice: InvoiceView;
  onClose: () => void;
}) {
  const { t } = useTranslation("invoices");
  const { today } = useDesk();
  // Made when the dialog opens: pressing twice writes off once.
  const [id] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState("");
  const writeOff = useRpcMutation("write_off_invoice");
  const { number, open } = invoice;
  const amount = useAmountText()(open);
  const fault = writeOff.error && faultOf(writeOff.error);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("write_off_title", { amount, number })}
      safeLabel={t("write_off_keep", { number })}
      verbLabel={t("write_off_amount", { amount })}
      isBusy={writeOff.isPending}
      blockedReason={reason.trim() === "" ? t("need_reason") : undefined}
      onConfirm={() =>
        writeOff.mutate(
          { id, invoice_id: invoice.id, amount: open.amount, on: today, reason },
          {
            onSuccess: () => {
              toast({ text: t("written_off", { amount, number }) });
              onClose();
            },
          },
        )
      }
    >
      <p className="t2">{t("write_off_body", { name: invoice.buyer.name })}</p>
      {fault && <Note tone="danger">{faultText(fault)}</Note>}
      <TextField
        label={t("reason")}
        name="reason"
        isRequired
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
