import { useTranslation } from "react-i18next";
import type { StudentView } from "~/ipc/gen/StudentView";
import { FormDialog, toast } from "~/ui/primitives";
import { useChange } from "./api";
import { PersonFields } from "./PersonFields";
import { usePersonForm } from "./usePersonForm";

/** A student's details. Documents that are issued keep what they said. */
export function ChangeDialog({ student, onClose }: { student: StudentView; onClose: () => void }) {
  const { t } = useTranslation("students");
  const change = useChange();
  const form = usePersonForm(student.person, change.error);
  function submit() {
    if (!form.attempt()) return;
    change.mutate(
      { id: student.id, person: form.person },
      {
        onSuccess: () => {
          toast({ text: t("changed") });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={t("change_title", { name: student.person.name })}
      verb={t("save_details")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={change.isPending}
      trouble={form.elsewhere}
    >
      <p className="t2">{t("change_note")}</p>
      <PersonFields person={form.person} errorAt={form.errorAt} onChange={form.setPerson} />
    </FormDialog>
  );
}
