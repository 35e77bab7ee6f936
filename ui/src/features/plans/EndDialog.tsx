import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { faultOf, faultText } from "~/ipc/errors";
import type { PlanView } from "~/ipc/gen/PlanView";
import { useEnd } from "~/ui/plan/api";
import { ConfirmDialog, Note, TextField, toast } from "~/ui/primitives";

/** Ends a plan: names whose it is and what becomes due, and asks why. */
export function EndDialog({ plan, onClose }: { plan: PlanView; onClose: () => void }) {
  const { t } = useTranslation("plans");
  const [reason, setReason] = useState("");
  const end = useEnd();
  const fault = end.error && faultOf(end.error);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("end_title", { name: plan.student })}
      safeLabel={t("end_keep")}
      verbLabel={t("end")}
      isBusy={end.isPending}
      blockedReason={reason.trim() === "" ? t("need_reason") : undefined}
      onConfirm={() =>
        end.mutate(
          { id: plan.id, reason },
          {
            onSuccess: () => {
              toast({ text: t("ended", { name: plan.student }) });
              onClose();
            },
          },
        )
      }
    >
      <p className="t2">
        {t("end_body", { amount: formatAmount(plan.open ?? plan.total), name: plan.student })}
      </p>
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
