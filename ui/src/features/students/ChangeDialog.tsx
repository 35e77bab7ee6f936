import { type FormEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import type { StudentView } from "~/ipc/gen/StudentView";
import { Button, Dialog, Note, toast } from "~/ui/primitives";
import { useChange } from "./api";
import { PersonFields } from "./PersonFields";
import s from "./Students.module.css";
import { usePersonForm } from "./usePersonForm";

/** A student's details. Documents that are issued keep what they said. */
export function ChangeDialog({ student, onClose }: { student: StudentView; onClose: () => void }) {
  const { t } = useTranslation(["students", "common"]);
  const formId = useId();
  const change = useChange();
  const form = usePersonForm(student.person, change.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.attempt() || change.isPending) return;
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
    <Dialog
      isOpen
      onClose={onClose}
      title={t("change_title", { name: student.person.name })}
      width="wide"
      isBusy={change.isPending}
      actions={
        <>
          <Button size="form" onPress={onClose} isDisabled={change.isPending}>
            {t("common:cancel")}
          </Button>
          <Button
            size="form"
            variant="primary"
            type="submit"
            form={formId}
            isBusy={change.isPending}
          >
            {t("save_details")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className={s.form} noValidate>
        {form.elsewhere && <Note tone="danger">{form.elsewhere}</Note>}
        <p className="t2">{t("change_note")}</p>
        <PersonFields person={form.person} errorAt={form.errorAt} onChange={form.setPerson} />
      </form>
    </Dialog>
  );
}
