import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DraftView } from "~/ipc/gen/DraftView";
import type { PayerPart } from "~/ipc/gen/PayerPart";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import { rowOf } from "~/ui/payers";
import { Button, ComboBox, Select } from "~/ui/primitives";
import { studentChoices } from "../editor/HeadFields";
import { PayersDialog } from "../editor/PayersDialog";
import s from "./Recurring.module.css";
import type { FieldsProps } from "./ScheduleFields";

/** A student as far as the form must know one. */
export interface Named {
  id: string;
  name: string;
}

interface WhomFieldsProps extends FieldsProps {
  /** Those it was for when the form opened. */
  students: readonly Named[];
  /** One of its invoices as it would be priced. */
  view?: DraftView;
  currency: string;
}

/** Each of these gets an invoice of their own. */
export function WhomFields(props: WhomFieldsProps) {
  const { form, errors, onChange } = props;
  const { t } = useTranslation("recurring");
  const [picked, setPicked] = useState<readonly Named[]>(props.students);
  // Empty again for the next one as soon as somebody is chosen.
  const [turn, setTurn] = useState(0);
  const nameOf = (id: string) => picked.find((student) => student.id === id)?.name ?? "…";
  // Whoever pays for one student does not pay for others.
  const choose = (student_ids: string[]) => onChange({ student_ids, payers: null });
  return (
    <div className={s.fields}>
      <div className={s.wide}>
        <ComboBox
          key={turn}
          autoFocus={turn > 0}
          label={t("students")}
          name="student_ids"
          isRequired
          value={null}
          load={studentChoices}
          placeholder={t(form.student_ids.length > 0 ? "add_student" : "choose_student")}
          error={errors.student_ids}
          onChange={(option) => {
            if (!option || form.student_ids.includes(option.id)) return;
            setPicked([...picked, option]);
            setTurn(turn + 1);
            choose([...form.student_ids, option.id]);
          }}
        />
      </div>
      <PaidBy {...props} />
      {form.student_ids.length > 0 && (
        <ul className={s.chips} aria-label={t("chosen_students")}>
          {form.student_ids.map((id) => (
            <li key={id}>
              <Button
                size="small"
                icon={X}
                onPress={() => choose(form.student_ids.filter((other) => other !== id))}
              >
                {nameOf(id)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const DEFAULT = "default";
const STUDENT = "student";
const NAMED = "named";
const CHOOSE = "choose";

/** Whoever pays by default when the day comes, the student, or somebody named here. */
function PaidBy({ form, view, currency, errors, onChange }: WhomFieldsProps) {
  const { t } = useTranslation("recurring");
  const [isOpen, setOpen] = useState(false);
  const set = (payers: PayerPart[] | null) => onChange({ payers });
  const now = nowOf(form);
  const [only, ...more] = form.student_ids;
  const names = view?.payers.map((payer) => payer.name).join(" + ");
  return (
    <div className={s.wide}>
      <Select
        label={t("paid_by")}
        name="payers"
        value={now}
        error={errors.payers}
        options={[
          { id: DEFAULT, name: t("paid_default") },
          { id: STUDENT, name: t("paid_student") },
          ...(now === NAMED ? [{ id: NAMED, name: names || "…" }] : []),
          // Named payers are one student's: of several students each has their own by default.
          ...(only && more.length === 0 ? [{ id: CHOOSE, name: t("choose_payers") }] : []),
        ]}
        onChange={(id) => {
          if (id === CHOOSE) setOpen(true);
          else if (id === DEFAULT) set(null);
          else if (id === STUDENT) set([]);
        }}
      />
      {isOpen && view?.student && (
        <PayersDialog
          rows={view.payers.map(rowOf)}
          student={view.student}
          currency={currency}
          onClose={() => setOpen(false)}
          onChoose={set}
        />
      )}
    </div>
  );
}

function nowOf({ payers }: SaveRecurring) {
  if (payers === null) return DEFAULT;
  return payers.length === 0 ? STUDENT : NAMED;
}
