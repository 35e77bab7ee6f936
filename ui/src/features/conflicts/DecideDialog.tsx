import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConflictView } from "~/ipc/gen/ConflictView";
import { findStudents } from "~/ui/list/commonFilters";
import { ComboBox, type ComboOption, FormDialog, TextArea, toast } from "~/ui/primitives";
import { useDecide } from "./api";
import { choiceOf, effectOf, labelOf } from "./words";

interface DecideDialogProps {
  conflict: ConflictView;
  choice: string;
  system: string;
  onClose: () => void;
}

/** What takes something back or lets a difference stand says why; the rest may. */
const FREELY = ["take", "ours", "theirs"];

/** Says what a choice does before it is done. */
export function DecideDialog({ conflict, choice, system, onClose }: DecideDialogProps) {
  const { t } = useTranslation("conflicts");
  const decide = useDecide();
  const [reason, setReason] = useState("");
  const [student, setStudent] = useState<ComboOption | null>(null);
  const [trouble, setTrouble] = useState<string>();
  const isWhose = choice === "take" && conflict.asks_student;
  async function send() {
    const { id, shown } = conflict;
    const student_id = isWhose ? (student?.id ?? null) : null;
    try {
      await decide.mutateAsync({ id, choice, shown, reason: reason.trim(), student_id });
      toast({ text: t("decided", { label: labelOf(t, conflict) }), tone: "success" });
      onClose();
    } catch (thrown) {
      setTrouble(faultText(faultOf(thrown)));
    }
  }
  return (
    <FormDialog
      title={choiceOf(t, choice, system)}
      verb={t("decide")}
      isBusy={decide.isPending}
      trouble={trouble}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <p>{effectOf(t, choice, system)}</p>
      {isWhose && (
        <ComboBox
          label={t("whose")}
          name="student_id"
          isRequired
          value={student}
          onChange={setStudent}
          load={findStudents}
          placeholder={t("whose_find")}
        />
      )}
      <TextArea
        label={t("reason")}
        name="reason"
        isRequired={!FREELY.includes(choice)}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
