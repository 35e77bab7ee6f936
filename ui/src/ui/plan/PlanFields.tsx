import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import {
  Amount,
  Button,
  DateField,
  Day,
  IconButton,
  MoneyField,
  NumberField,
  Select,
} from "~/ui/primitives";
import type { PlanForm } from "./form";
import s from "./Plan.module.css";
import type { PlanFormState } from "./usePlanForm";

const RHYTHMS = ["weekly", "fortnightly", "monthly"] as const;

/** Equal parts: how many, from when, how far apart, and which takes what does not divide. */
export function EvenFields({ state }: { state: PlanFormState }) {
  const { t } = useTranslation("plans");
  const { today } = useDesk();
  const { form, change, preview, problem, currency } = state;
  return (
    <>
      <div className={s.four}>
        <NumberField
          label={t("count")}
          name="split.count"
          decimals={0}
          isRequired
          autoFocus
          value={form.count}
          onChange={(count) => change({ count })}
          error={state.fieldProblem("split.count")}
        />
        <DateField
          label={t("first_due")}
          name="split.first_due"
          isRequired
          today={today}
          min={today}
          value={form.firstDue}
          onChange={(firstDue) => change({ firstDue })}
          error={state.fieldProblem("split.first_due")}
        />
        <Select
          label={t("rhythm")}
          name="split.rhythm"
          options={RHYTHMS.map((id) => ({ id, name: t(`rhythm_${id}`) }))}
          value={form.rhythm}
          onChange={(rhythm) => change({ rhythm: rhythm as PlanForm["rhythm"] })}
        />
        <Select
          label={t("remainder")}
          name="split.remainder"
          options={[
            { id: "first", name: t("remainder_first") },
            { id: "last", name: t("remainder_last") },
          ]}
          value={form.remainder}
          onChange={(remainder) => change({ remainder: remainder as PlanForm["remainder"] })}
        />
      </div>
      {preview && preview.instalments.length > 0 && (
        <ol className={s.list} aria-label={t("instalments")}>
          {preview.instalments.map((one, at) => (
            <li key={one.due_date}>
              <span className="t3 num">{at + 1}</span>
              <Day of={one.due_date} look="long" />
              <Amount of={{ amount: one.amount, currency }} look="main" />
            </li>
          ))}
        </ol>
      )}
      {problem && <p className="fg-danger small">{problem}</p>}
    </>
  );
}

/** Instalments by hand, each with its day and amount. */
export function TypedRows({ state }: { state: PlanFormState }) {
  const { t } = useTranslation("plans");
  const { today } = useDesk();
  const { form, change, fieldProblem, currency } = state;
  const set = (at: number, next: Partial<PlanForm["typed"][number]>) =>
    change({ typed: form.typed.map((row, place) => (place === at ? { ...row, ...next } : row)) });
  return (
    <>
      <div className={s.rows}>
        {form.typed.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the plan
          <div key={at} className={s.row}>
            <span className="t3 num">{at + 1}</span>
            <DateField
              label={t("due_of", { place: at + 1 })}
              hideLabel
              today={today}
              min={today}
              value={row.due_date}
              onChange={(due_date) => set(at, { due_date })}
              error={fieldProblem(`instalments.${at}.due_date`)}
            />
            <MoneyField
              label={t("amount_of", { place: at + 1 })}
              hideLabel
              currency={currency}
              value={row.amount}
              onChange={(amount) => set(at, { amount })}
              error={fieldProblem(`instalments.${at}.amount`)}
            />
            <IconButton
              icon={X}
              label={t("remove_of", { place: at + 1 })}
              onPress={() => change({ typed: form.typed.filter((_, place) => place !== at) })}
            />
          </div>
        ))}
      </div>
      <span>
        <Button
          size="small"
          icon={Plus}
          onPress={() => change({ typed: [...form.typed, { due_date: null, amount: null }] })}
        >
          {t("add_instalment")}
        </Button>
      </span>
      {fieldProblem("instalments") && (
        <p className="fg-danger small">{fieldProblem("instalments")}</p>
      )}
    </>
  );
}
