import { FileText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { ReminderRow } from "~/ipc/gen/ReminderRow";
import { Button, FormDialog, Note, RadioGroup, TextField, toast } from "~/ui/primitives";
import { openLetters, useSettle } from "./api";
import { useLevelName } from "./levels";

type Outcome = "withdraw" | "again" | "arrived";

/** What a person can say of a reminder, by how it stands. */
const CHOICES: Record<string, readonly Outcome[]> = {
  letter: ["withdraw"],
  waiting: ["withdraw"],
  sent: ["withdraw"],
  refused: ["withdraw", "again"],
  unknown: ["arrived", "again", "withdraw"],
  stale: ["withdraw"],
};

/** A reminder that was made: its letter, and what a person says became of it. */
export function SettleDialog({
  reminder,
  onClose,
}: {
  reminder: ReminderRow;
  onClose: () => void;
}) {
  const { t } = useTranslation("reminders");
  const levelName = useLevelName();
  const choices = CHOICES[reminder.state] ?? [];
  const [outcome, setOutcome] = useState<Outcome>(choices[0] ?? "withdraw");
  const [reason, setReason] = useState("");
  const settle = useSettle();
  const faults = fieldFaults(settle.error, ["reason"]);
  const submit = () =>
    settle.mutate(
      { id: reminder.id, outcome, reason },
      {
        onSuccess: () => {
          toast({ text: t(`did_${outcome}`) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={`${levelName(reminder.level)} – ${reminder.student}`}
      verb={t(`do_${outcome}`)}
      onClose={onClose}
      onSubmit={submit}
      isBusy={settle.isPending}
      disabledReason={choices.length === 0 ? t("nothing_to_settle") : undefined}
      trouble={faults.elsewhere}
    >
      <Note tone="info" title={t(`state_${reminder.state}` as "state_sent")}>
        {t(`about_${reminder.state}` as "about_sent")}
        {reminder.said && <span className="t3"> {reminder.said}</span>}
      </Note>
      <div className="row">
        <Button icon={FileText} onPress={() => void openLetters({ ids: [reminder.id] })}>
          {t("look")}
        </Button>
      </div>
      {choices.length > 1 && (
        <RadioGroup<Outcome>
          label={t("what_now")}
          value={outcome}
          onChange={setOutcome}
          options={choices.map((id) => ({ id, name: t(`do_${id}`) }))}
        />
      )}
      {choices.length > 0 && outcome === "withdraw" && (
        <TextField
          label={t("reason")}
          name="reason"
          value={reason}
          onChange={setReason}
          error={faults.at.reason}
          hint={t("withdraw_hint")}
          isRequired
        />
      )}
    </FormDialog>
  );
}
