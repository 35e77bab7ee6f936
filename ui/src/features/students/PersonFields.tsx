import { useTranslation } from "react-i18next";
import type { Person } from "~/ipc/gen/Person";
import { ReachBy } from "~/ui/person/ReachBy";
import { TextField } from "~/ui/primitives";
import s from "./Students.module.css";

interface PersonFieldsProps {
  person: Person;
  errorAt: (field: string) => string | undefined;
  onChange: (person: Person) => void;
}

/** Name and how to reach a person. */
export function PersonFields({ person, errorAt, onChange }: PersonFieldsProps) {
  const { t } = useTranslation("students");
  const own = (field: "name" | "email" | "phone") => ({
    label: t(field),
    name: `person.${field}`,
    value: person[field],
    error: errorAt(`person.${field}`),
    onChange: (value: string) => onChange({ ...person, [field]: value }),
  });
  const address = (field: "line1" | "line2" | "postal_code" | "city") => ({
    label: t(field),
    name: `person.address.${field}`,
    value: person.address[field],
    error: errorAt(`person.address.${field}`),
    onChange: (value: string) =>
      onChange({ ...person, address: { ...person.address, [field]: value } }),
  });
  return (
    <>
      <TextField {...own("name")} isRequired autoFocus maxLength={120} />
      <div className={s.pair}>
        <TextField {...own("email")} type="email" hint={t("email_hint")} />
        <TextField {...own("phone")} type="tel" isNumeric />
      </div>
      <ReachBy value={person.reach_by} onChange={(reach_by) => onChange({ ...person, reach_by })} />
      <TextField {...address("line1")} />
      <TextField {...address("line2")} />
      <div className={s.postal}>
        <TextField {...address("postal_code")} isNumeric />
        <TextField {...address("city")} />
      </div>
    </>
  );
}
