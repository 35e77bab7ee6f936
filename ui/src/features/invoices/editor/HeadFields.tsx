import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { DraftView } from "~/ipc/gen/DraftView";
import { ComboBox, type ComboOption, DateField, TextField } from "~/ui/primitives";
import { findStudents } from "../api";
import s from "./Editor.module.css";
import { isWaiting } from "./Schedule";

interface HeadFieldsProps {
  draft: DraftInput;
  view?: DraftView;
  today: string;
  onChange: (change: Partial<DraftInput>) => void;
}

/** Students as choices of a field. */
export const studentChoices = (query: string, signal: AbortSignal) =>
  findStudents(query, signal).then((rows) =>
    rows.map((row) => ({
      id: row.id,
      name: row.name,
      code: row.number,
      price: formatAmount(row.balance),
    })),
  );

/** For whom, when, and what the buyer wants to read on it. */
export function HeadFields({ draft, view, today, onChange }: HeadFieldsProps) {
  const { t } = useTranslation("invoices");
  const student = view?.student;
  // Shown at once, before the backend has said what the student owes.
  const [picked, setPicked] = useState<ComboOption | null>(null);
  const known = student && { id: student.id, name: student.name, code: student.number };
  const chosen = [picked, known].find((o) => o && o.id === draft.student_id) ?? null;
  return (
    <div className={s.head}>
      <ComboBox
        label={t("student")}
        name="student_id"
        isRequired
        autoFocus={draft.student_id === null}
        value={chosen}
        load={studentChoices}
        placeholder={t("student_hint")}
        onChange={(option) => {
          setPicked(option);
          // Whoever paid for another student does not pay for this one.
          onChange({ student_id: option?.id ?? null, payers: [] });
        }}
      />
      <DateField
        label={t("issue_date")}
        name="issue_date"
        value={draft.issue_date}
        today={today}
        isReadOnly={isWaiting(draft.scheduled_on, today)}
        onChange={(date) => date && onChange({ issue_date: date })}
      />
      <DateField
        label={t("due_date")}
        name="due_date"
        value={draft.terms ? (view?.due_date ?? draft.due_date) : draft.due_date}
        today={draft.issue_date}
        min={draft.issue_date}
        isReadOnly={draft.terms !== null}
        onChange={(date) => date && onChange({ due_date: date })}
      />
      <TextField
        label={t("number_at_issue")}
        isReadOnly
        isNumeric
        value={view?.next_number ?? ""}
        onChange={() => undefined}
      />
      <DateField
        label={t("delivered")}
        name="delivery_date"
        value={draft.delivery_date}
        today={today}
        onChange={(delivery_date) => onChange({ delivery_date })}
      />
      <TextField
        label={t("reference")}
        value={draft.reference}
        maxLength={80}
        onChange={(reference) => onChange({ reference })}
      />
      <div className={s.wide}>
        <TextField
          label={t("note")}
          value={draft.note}
          maxLength={500}
          onChange={(note) => onChange({ note })}
        />
      </div>
    </div>
  );
}
