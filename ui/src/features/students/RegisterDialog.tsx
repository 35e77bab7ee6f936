import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import { Button, Dialog, Note, Select, TextField, toast } from "~/ui/primitives";
import { useDepartments, useRegister } from "./api";
import { EMPTY_PERSON } from "./form";
import { PersonFields } from "./PersonFields";
import s from "./Students.module.css";
import { usePersonForm } from "./usePersonForm";

/** A new student. The id is made when the form opens, so that pressing twice registers once. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["students", "common"]);
  const navigate = useNavigate();
  const formId = useId();
  const [id] = useState(() => crypto.randomUUID());
  const [department, setDepartment] = useState<string | null>(null);
  const departments = useDepartments();
  const register = useRegister();
  const form = usePersonForm(EMPTY_PERSON, register.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.attempt() || register.isPending) return;
    const { person, number } = form;
    register.mutate(
      { id, number: number.trim(), department_id: department, person },
      {
        onSuccess: (student) => {
          toast({ text: t("registered", { name: student.person.name, number: student.number }) });
          void navigate({ to: placeOf("student", student.id) });
        },
      },
    );
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("register")}
      width="wide"
      isBusy={register.isPending}
      actions={
        <>
          <Button size="form" onPress={onClose} isDisabled={register.isPending}>
            {t("common:cancel")}
          </Button>
          <Button
            size="form"
            variant="primary"
            type="submit"
            form={formId}
            isBusy={register.isPending}
          >
            {t("register")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className={s.form} noValidate>
        {form.elsewhere && <Note tone="danger">{form.elsewhere}</Note>}
        <PersonFields person={form.person} errorAt={form.errorAt} onChange={form.setPerson} />
        <div className={s.pair}>
          <TextField
            label={t("number")}
            name="number"
            isNumeric
            hint={t("number_hint")}
            value={form.number}
            onChange={form.setNumber}
            error={form.errorAt("number")}
          />
          {departments.length > 0 && (
            <Select
              label={t("department")}
              value={department ?? ""}
              options={[
                { id: "", name: t("no_department") },
                ...departments.map(({ id: key, name }) => ({ id: key, name })),
              ]}
              onChange={(key) => setDepartment(key || null)}
            />
          )}
        </div>
      </form>
    </Dialog>
  );
}
