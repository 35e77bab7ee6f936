import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import { FormDialog, Select, TextField, toast } from "~/ui/primitives";
import { useDepartments, useRegister } from "./api";
import { EMPTY_PERSON } from "./form";
import { PersonFields } from "./PersonFields";
import s from "./Students.module.css";
import { usePersonForm } from "./usePersonForm";

/** A new student. The id is made when the form opens, so that pressing twice registers once. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const [id] = useState(() => crypto.randomUUID());
  const [department, setDepartment] = useState<string | null>(null);
  const departments = useDepartments();
  const register = useRegister();
  const form = usePersonForm(EMPTY_PERSON, register.error);
  function submit() {
    if (!form.attempt()) return;
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
    <FormDialog
      title={t("register")}
      verb={t("register")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={register.isPending}
      trouble={form.elsewhere}
    >
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
    </FormDialog>
  );
}
