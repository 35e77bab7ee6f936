import { useTranslation } from "react-i18next";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import { DateField, NumberField, Select, TextField } from "~/ui/primitives";
import { beganOn, type Ending, endingOf, LAST_DAY, monthDays } from "./form";
import s from "./Recurring.module.css";

export interface FieldsProps {
  form: SaveRecurring;
  errors: Record<string, string>;
  onChange: (change: Partial<SaveRecurring>) => void;
}

const ENDINGS: readonly Ending[] = ["never", "until", "count"];
/** Twelve of anything, until somebody types how many. */
const USUAL_COUNT = 12;

const whole = (typed: string | null): number => Number(typed ?? 0);

/** What it is called, when it comes, and what becomes of it. */
export function ScheduleFields(props: FieldsProps & { today: string }) {
  const { form, today, errors, onChange } = props;
  const { t } = useTranslation("recurring");
  return (
    <div className={s.fields}>
      <div className={s.wide}>
        <TextField
          label={t("name")}
          name="name"
          isRequired
          autoFocus={form.name === ""}
          maxLength={120}
          value={form.name}
          error={errors.name}
          onChange={(name) => onChange({ name })}
        />
      </div>
      <DateField
        label={t("first_date")}
        name="from"
        isRequired
        value={form.from}
        today={today}
        error={errors.from}
        onChange={(from) => from && onChange(beganOn(form, from))}
      />
      <Select
        label={t("becomes")}
        value={form.issue ? "issue" : "draft"}
        options={[
          { id: "draft", name: t("draft_to_look") },
          { id: "issue", name: t("issued_at_once") },
        ]}
        onChange={(id) => onChange({ issue: id === "issue" })}
      />
      <Every {...props} />
      {form.rhythm === "monthly" ? (
        <Select
          label={t("on")}
          value={String(form.day)}
          options={monthDays(form).map((day) => ({
            id: String(day),
            name: day === LAST_DAY ? t("last_day") : t("day_of_month", { day }),
          }))}
          onChange={(day) => onChange({ day: Number(day) })}
        />
      ) : (
        <TextField
          label={t("on")}
          isReadOnly
          value={t("same_weekday")}
          onChange={() => undefined}
        />
      )}
      <Ends {...props} />
    </div>
  );
}

function Every({ form, errors, onChange }: FieldsProps) {
  const { t } = useTranslation("recurring");
  return (
    <div className={s.every}>
      <NumberField
        label={t("every")}
        name="every"
        decimals={0}
        value={form.every > 0 ? String(form.every) : null}
        error={errors.every}
        onChange={(every) => onChange({ every: Math.min(whole(every), 255) })}
      />
      <Select
        label={t("unit")}
        hideLabel
        value={form.rhythm}
        options={[
          { id: "weekly", name: t("weeks", { count: form.every }) },
          { id: "monthly", name: t("months", { count: form.every }) },
        ]}
        onChange={(rhythm) => onChange({ rhythm })}
      />
    </div>
  );
}

/** Never, after a day, or after so many. */
function Ends({ form, errors, today, onChange }: FieldsProps & { today: string }) {
  const { t } = useTranslation("recurring");
  const ending = endingOf(form);
  return (
    <>
      <Select<Ending>
        label={t("ends")}
        value={ending}
        options={ENDINGS.map((id) => ({ id, name: t(`ends_${id}`) }))}
        onChange={(next) =>
          onChange({
            until: next === "until" ? form.from : null,
            count: next === "count" ? USUAL_COUNT : null,
          })
        }
      />
      {ending === "until" && (
        <DateField
          label={t("until")}
          name="until"
          value={form.until}
          today={today}
          min={form.from}
          error={errors.until}
          onChange={(until) => until && onChange({ until })}
        />
      )}
      {ending === "count" && (
        <NumberField
          label={t("how_many")}
          name="until"
          decimals={0}
          value={form.count ? String(form.count) : null}
          error={errors.until}
          onChange={(count) => onChange({ count: whole(count) })}
        />
      )}
    </>
  );
}
