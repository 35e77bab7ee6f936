import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "~/domain/dates";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import { DateField, FormDialog, TextField, toast } from "~/ui/primitives";
import { useGate, useOverride, useSetTest } from "./api";
import type { GateDialog } from "./GatePart";

interface DialogProps {
  studentId: string;
  name: string;
  onClose: () => void;
}

const A_WEEK = 7;

export function GateDialogs({ dialog, ...props }: DialogProps & { dialog: GateDialog }) {
  if (dialog === "test") return <TestDialog {...props} />;
  return <PassDialog {...props} isBlocking={dialog === "block"} />;
}

/** Lets a student through until a day, or takes that back; both say why. */
function PassDialog({
  studentId,
  name,
  isBlocking,
  onClose,
}: DialogProps & { isBlocking: boolean }) {
  const { t } = useTranslation("students");
  const { today } = useDesk();
  const [until, setUntil] = useState<string | null>(addDays(today, A_WEEK));
  const [reason, setReason] = useState("");
  const change = useOverride();
  const refused = fieldFaults(change.error, ["until", "reason"]);
  const submit = () =>
    change.mutate(
      { student_id: studentId, until: isBlocking ? null : until, reason, active: !isBlocking },
      {
        onSuccess: () => {
          toast({ text: t(isBlocking ? "blocked_again" : "was_let_through", { name }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t(isBlocking ? "block_title" : "let_through_title", { name })}
      verb={t(isBlocking ? "block_again" : "let_through")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={change.isPending}
      trouble={refused.elsewhere}
    >
      {!isBlocking && (
        <>
          <p className="t2">{t("let_through_note")}</p>
          <DateField
            label={t("until")}
            name="until"
            isRequired
            value={until}
            onChange={setUntil}
            min={today}
            today={today}
            error={refused.at.until}
          />
        </>
      )}
      <TextField
        label={t("reason")}
        name="reason"
        isRequired
        autoFocus
        value={reason}
        onChange={setReason}
        error={refused.at.reason}
      />
    </FormDialog>
  );
}

/** The day of the driving test; emptied, none is booked. */
function TestDialog({ studentId, name, onClose }: DialogProps) {
  const { t } = useTranslation("students");
  const { today } = useDesk();
  const known = useGate(studentId).data?.test_on ?? null;
  const [on, setOn] = useState<string | null>(known);
  const set = useSetTest();
  const refused = fieldFaults(set.error, ["on"]);
  const submit = () =>
    set.mutate(
      { student_id: studentId, on },
      {
        onSuccess: () => {
          toast({ text: t("test_saved") });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t("test_title", { name })}
      verb={t("save_test")}
      width="narrow"
      onClose={onClose}
      onSubmit={submit}
      isBusy={set.isPending}
      trouble={refused.elsewhere}
    >
      <DateField
        label={t("test")}
        name="on"
        hint={t("test_hint")}
        value={on}
        onChange={setOn}
        today={today}
        error={refused.at.on}
      />
    </FormDialog>
  );
}
