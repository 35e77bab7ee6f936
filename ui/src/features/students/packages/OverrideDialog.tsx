import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { CheckedMilestone } from "~/ipc/gen/CheckedMilestone";
import { ConfirmDialog, Note, TextField, toast } from "~/ui/primitives";
import { useWaive } from "./api";

interface OverrideProps {
  of: CheckedMilestone;
  studentId: string;
  onClose: () => void;
}

/** Lets somebody book before the milestone is paid, or no longer; both say why. */
export function OverrideDialog({ of, studentId, onClose }: OverrideProps) {
  const { t } = useTranslation("packages");
  const [reason, setReason] = useState("");
  const waive = useWaive();
  const refused = fieldFaults(waive.error, ["reason"]);
  const isWaived = of.reason !== null;
  const { name } = of.milestone;
  const amount = formatAmount(of.missing);
  const confirm = () =>
    waive.mutate(
      { student_id: studentId, milestone_id: of.milestone.id, active: !isWaived, reason },
      {
        onSuccess: () => {
          toast({ text: t(isWaived ? "unwaived" : "waived", { name }) });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t(isWaived ? "unwaive_title" : "waive_title", { name })}
      safeLabel={t(isWaived ? "unwaive_keep" : "waive_keep")}
      verbLabel={t(isWaived ? "unwaive" : "waive_amount", { amount })}
      tone={isWaived ? "normal" : "danger"}
      isBusy={waive.isPending}
      blockedReason={reason.trim() === "" ? t("need_reason") : undefined}
      onConfirm={confirm}
    >
      <p className="t2">
        {isWaived ? t("unwaive_body", { reason: of.reason ?? "" }) : t("waive_body", { amount })}
      </p>
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
