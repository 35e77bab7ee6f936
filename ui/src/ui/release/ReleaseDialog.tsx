import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { SettlementView } from "~/ipc/gen/SettlementView";
import { useRpcMutation } from "~/ipc/hooks";
import { useAmountText } from "~/ui/exchange/words";
import { ConfirmDialog, Note, TextField, toast } from "~/ui/primitives";

interface ReleaseDialogProps {
  settlement: Pick<SettlementView, "id" | "source" | "amount">;
  /** Number of the invoice that is open again. */
  number: string;
  onClose: () => void;
}

/** Takes back what settled an invoice; the money is credit again, a write-off is asked for again. */
export function ReleaseDialog({ settlement, number, onClose }: ReleaseDialogProps) {
  const { t } = useTranslation("invoices");
  const { today } = useDesk();
  const [reason, setReason] = useState("");
  const release = useRpcMutation("release_allocation");
  const amount = useAmountText()(settlement.amount);
  const isMoney = settlement.source === "payment" || settlement.source === "credit_note";
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("release_title", { amount, number })}
      safeLabel={t("release_keep")}
      verbLabel={t("release_amount", { amount })}
      tone="normal"
      isBusy={release.isPending}
      blockedReason={reason.trim() === "" ? t("need_reason") : undefined}
      onConfirm={() =>
        release.mutate(
          { allocation_id: settlement.id, on: today, reason },
          {
            onSuccess: () => {
              toast({ text: t("released", { amount, number }) });
              onClose();
            },
          },
        )
      }
    >
      <p className="t2">{t(isMoney ? "release_body" : "release_write_off_body", { number })}</p>
      {release.error && <Note tone="danger">{faultText(faultOf(release.error))}</Note>}
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
