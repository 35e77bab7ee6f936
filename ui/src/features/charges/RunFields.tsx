import { useTranslation } from "react-i18next";
import { Checkbox, ComboBox, DateField, NumberField, Select } from "~/ui/primitives";
import { findStudents, useStudentName, useTables } from "./api";
import s from "./Charges.module.css";
import { KINDS, type RunSearch } from "./routes";
import type { RunForm } from "./wish";

interface RunFieldsProps {
  form: RunForm;
  due: string | null;
  search: RunSearch;
  errorAt: (field: string) => string | undefined;
  onForm: (change: Partial<RunForm>) => void;
  onSearch: (change: Partial<RunSearch>) => void;
}

const ALL = "all";

/** Which charges are billed, and with which dates. */
export function RunFields(props: RunFieldsProps) {
  const { form, due, search, errorAt, onForm, onSearch } = props;
  const { t } = useTranslation("charges");
  const departments = useTables()?.departments ?? [];
  const student = useStudentName(search.student);
  const some = (id: string) => (id === ALL ? undefined : id);
  return (
    <div className={s.fields}>
      <DateField
        label={t("from")}
        value={search.from ?? null}
        onChange={(day) => onSearch({ from: day ?? undefined })}
      />
      <DateField
        label={t("to")}
        value={search.to ?? null}
        onChange={(day) => onSearch({ to: day ?? undefined })}
      />
      <Select
        label={t("event")}
        value={search.kind ?? ALL}
        options={[
          { id: ALL, name: t("every_kind") },
          ...KINDS.map((id) => ({ id, name: t(`kind_${id}`) })),
        ]}
        onChange={(id) => onSearch({ kind: some(id) })}
      />
      <Select
        label={t("department")}
        value={search.department ?? ALL}
        options={[
          { id: ALL, name: t("every_department") },
          ...departments.map(({ id, name }) => ({ id, name })),
        ]}
        onChange={(id) => onSearch({ department: some(id) })}
      />
      <ComboBox
        label={t("student")}
        placeholder={t("every_student")}
        value={search.student ? { id: search.student, name: student ?? "…" } : null}
        load={findStudents}
        onChange={(option) => onSearch({ student: option?.id })}
      />
      <DateField
        label={t("issue_date")}
        name="issue_date"
        isRequired
        value={form.issueDate}
        onChange={(issueDate) => onForm({ issueDate })}
        error={errorAt("issue_date")}
      />
      <DateField
        label={t("due_date")}
        name="due_date"
        isRequired
        value={due}
        onChange={(dueDate) => onForm({ dueDate })}
        error={errorAt("due_date")}
      />
      <NumberField
        label={t("overdue_days")}
        hint={t("overdue_hint")}
        decimals={0}
        value={form.overdueDays}
        onChange={(overdueDays) => onForm({ overdueDays })}
      />
      <div className={s.beside}>
        <Checkbox
          isSelected={form.leaveOutBlocked}
          onChange={(leaveOutBlocked) => onForm({ leaveOutBlocked })}
        >
          {t("leave_out_blocked")}
        </Checkbox>
      </div>
    </div>
  );
}
