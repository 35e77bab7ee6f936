import { useTranslation } from "react-i18next";
import type { SavePayer } from "~/ipc/gen/SavePayer";
import { ReachBy } from "~/ui/person/ReachBy";
import { Checkbox, Select, TextField } from "~/ui/primitives";
import { TermsField } from "~/ui/terms/TermsField";
import { useDepartments, useSchoolTerms } from "./api";
import { KINDS } from "./form";
import s from "./Payers.module.css";

interface PayerFieldsProps {
  form: SavePayer;
  isNew: boolean;
  errorAt: (field: string) => string | undefined;
  onChange: (form: SavePayer) => void;
}

/** Who it is, how to reach it, and what its invoices need. */
export function PayerFields({ form, isNew, errorAt, onChange }: PayerFieldsProps) {
  const { t } = useTranslation("payers");
  const set = (change: Partial<SavePayer>) => onChange({ ...form, ...change });
  const own = (field: "org_number" | "vat_number" | "reference" | "number") => ({
    label: t(field),
    name: field,
    value: form[field],
    error: errorAt(field),
    maxLength: 80,
    onChange: (value: string) => set({ [field]: value }),
  });
  return (
    <>
      <div className={s.pair}>
        <Select
          label={t("kind")}
          name="kind"
          value={form.kind}
          options={KINDS.map((id) => ({ id, name: t(`kind_${id}`) }))}
          onChange={(kind) => set({ kind })}
          error={errorAt("kind")}
        />
        <TextField {...own("number")} hint={isNew ? t("number_hint") : undefined} />
      </div>
      <PersonOf form={form} errorAt={errorAt} onChange={onChange} />
      <div className={s.pair}>
        <TextField {...own("org_number")} isNumeric />
        <TextField {...own("vat_number")} isNumeric />
      </div>
      <div className={s.pair}>
        <TextField {...own("reference")} hint={t("reference_hint")} />
        <Terms form={form} onChange={onChange} errorAt={errorAt} />
      </div>
      <Department form={form} onChange={onChange} />
      {!isNew && (
        <Checkbox isSelected={form.active} onChange={(active) => set({ active })}>
          {t("active")}
        </Checkbox>
      )}
    </>
  );
}

type PartProps = Omit<PayerFieldsProps, "isNew">;

function Terms({ form, errorAt, onChange }: PartProps) {
  const { t } = useTranslation("payers");
  const school = useSchoolTerms();
  return (
    <TermsField
      label={t("terms")}
      name="terms"
      value={form.terms}
      school={school}
      error={errorAt("terms")}
      onChange={(terms) => onChange({ ...form, terms })}
    />
  );
}

function Department({ form, onChange }: Pick<PartProps, "form" | "onChange">) {
  const { t } = useTranslation("payers");
  const departments = useDepartments();
  if (departments.length === 0) return null;
  return (
    <Select
      label={t("department")}
      value={form.department_id ?? ""}
      options={[
        { id: "", name: t("no_department") },
        ...departments.map(({ id, name }) => ({ id, name })),
      ]}
      onChange={(id) => onChange({ ...form, department_id: id || null })}
    />
  );
}

function PersonOf({ form, errorAt, onChange }: PartProps) {
  const { t } = useTranslation("payers");
  const { person } = form;
  const own = (field: "name" | "email" | "phone") => ({
    label: t(field),
    name: `person.${field}`,
    value: person[field],
    error: errorAt(`person.${field}`),
    onChange: (value: string) => onChange({ ...form, person: { ...person, [field]: value } }),
  });
  const address = (field: "line1" | "line2" | "postal_code" | "city") => ({
    label: t(field),
    name: `person.address.${field}`,
    value: person.address[field],
    error: errorAt(`person.address.${field}`),
    onChange: (value: string) =>
      onChange({
        ...form,
        person: { ...person, address: { ...person.address, [field]: value } },
      }),
  });
  return (
    <>
      <TextField {...own("name")} isRequired autoFocus maxLength={120} />
      <div className={s.pair}>
        <TextField {...own("email")} type="email" />
        <TextField {...own("phone")} type="tel" isNumeric />
      </div>
      <ReachBy
        value={person.reach_by}
        onChange={(reach_by) => onChange({ ...form, person: { ...person, reach_by } })}
      />
      <div className={s.pair}>
        <TextField {...address("line1")} />
        <TextField {...address("line2")} />
      </div>
      <div className={s.postal}>
        <TextField {...address("postal_code")} isNumeric />
        <TextField {...address("city")} />
      </div>
    </>
  );
}
