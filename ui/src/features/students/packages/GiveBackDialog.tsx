import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lessonsText } from "~/domain/lessons";
import { formatAmount } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { EntitlementRow } from "~/ipc/gen/EntitlementRow";
import type { EntitlementView } from "~/ipc/gen/EntitlementView";
import { FormDialog, TextField, toast } from "~/ui/primitives";
import { useGiveBack } from "./api";

interface GiveBackProps {
  of: EntitlementView;
  row: EntitlementRow;
  onClose: () => void;
}

/** Gives one draw back to its package. */
export function GiveBackDialog({ of, row, onClose }: GiveBackProps) {
  const { t } = useTranslation("packages");
  const { today } = useDesk();
  const [reason, setReason] = useState("");
  const give = useGiveBack();
  const refused = fieldFaults(give.error, ["reason"]);
  const count = row.amount
    ? formatAmount({ ...row.amount, amount: row.amount.amount.replace("-", "") })
    : lessonsText(row.lessons.replace("-", ""));
  const submit = () =>
    give.mutate(
      { draw_id: row.draw_id ?? "", on: today, reason },
      {
        onSuccess: () => {
          toast({ text: t("given_back", { count, name: of.name }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t("give_back_title", { count, service: row.service })}
      verb={t("give_back")}
      width="narrow"
      onClose={onClose}
      onSubmit={submit}
      isBusy={give.isPending}
      disabledReason={reason.trim() === "" ? t("need_reason") : undefined}
      trouble={refused.elsewhere}
    >
      <p className="t2">{t("give_back_body", { name: of.name })}</p>
      <TextField
        label={t("reason")}
        name="reason"
        isRequired
        autoFocus
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={refused.at.reason}
      />
    </FormDialog>
  );
}
