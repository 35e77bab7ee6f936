import { useTranslation } from "react-i18next";
import { Checkbox, RadioGroup, TextField } from "~/ui/primitives";
import { useTables } from "./api";
import s from "./Settings.module.css";
import { isLeading, ROLES, type UserDraft } from "./user";

interface UserFieldsProps {
  draft: UserDraft;
  isNew: boolean;
  errorAt: (field: string) => string | undefined;
  onChange: (next: Partial<UserDraft>) => void;
}

export function UserFields({ draft, isNew, errorAt, onChange }: UserFieldsProps) {
  const { t } = useTranslation("settings");
  return (
    <>
      <div className={s.pair}>
        <TextField
          label={t("user_name")}
          name="name"
          value={draft.name}
          onChange={(name) => onChange({ name })}
          error={errorAt("name")}
          isRequired
          autoFocus
          maxLength={120}
        />
        <TextField
          label={t("user_login")}
          name="login"
          value={draft.login}
          onChange={(login) => onChange({ login })}
          hint={t("user_login_hint")}
          error={errorAt("login")}
          isReadOnly={!isNew}
          isRequired
          maxLength={40}
        />
      </div>
      <RadioGroup
        label={t("user_role")}
        value={draft.role}
        options={ROLES.map((id) => ({
          id,
          name: t(`role_${id}`),
          detail: t(`role_${id}_detail`),
        }))}
        onChange={(role) => onChange({ role })}
        error={errorAt("role")}
      />
      {!isLeading(draft.role) && <DepartmentChoice draft={draft} onChange={onChange} />}
      {isNew ? (
        <TextField
          label={t("first_password")}
          name="password"
          type="password"
          value={draft.password}
          onChange={(password) => onChange({ password })}
          hint={t("password_hint")}
          error={errorAt("password")}
          isRequired
        />
      ) : (
        <Checkbox isSelected={draft.active} onChange={(active) => onChange({ active })}>
          {t("user_active_word")}
        </Checkbox>
      )}
      {!isNew && errorAt("active") && <p className="fg-danger small">{errorAt("active")}</p>}
    </>
  );
}

/** Nothing chosen means all: a limit is made on purpose. */
function DepartmentChoice({ draft, onChange }: Pick<UserFieldsProps, "draft" | "onChange">) {
  const { t } = useTranslation("settings");
  const departments = useTables().data?.departments ?? [];
  if (departments.length === 0) return null;
  const toggle = (id: string, isOn: boolean) =>
    onChange({
      departments: isOn
        ? [...draft.departments, id]
        : draft.departments.filter((other) => other !== id),
    });
  return (
    <fieldset className={s.choices}>
      <legend className="strong">{t("user_departments")}</legend>
      <p className="t2 small">{t("user_departments_hint")}</p>
      {departments.map(({ id, name }) => (
        <Checkbox
          key={id}
          isSelected={draft.departments.includes(id)}
          onChange={(isOn) => toggle(id, isOn)}
        >
          {name}
        </Checkbox>
      ))}
    </fieldset>
  );
}
