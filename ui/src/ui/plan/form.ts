/* What the dialog of a payment plan holds, and what it asks the desk to try out. */
import type { InstalmentInput } from "~/ipc/gen/InstalmentInput";
import type { PlannableInvoice } from "~/ipc/gen/PlannableInvoice";
import type { PlanWish } from "~/ipc/gen/PlanWish";

export interface PlanForm {
  invoices: readonly string[];
  /** `even`: equal parts; `typed`: each by hand. */
  way: "even" | "typed";
  count: string | null;
  firstDue: string | null;
  rhythm: "weekly" | "fortnightly" | "monthly";
  remainder: "first" | "last";
  typed: readonly { due_date: string | null; amount: string | null }[];
  grace: string | null;
  note: string;
}

export interface PlanAbout {
  id: string;
  student_id: string;
  replaces: string | null;
}

const whole = (text: string | null): number => {
  const count = Number(text ?? "");
  return Number.isInteger(count) && count >= 0 && count <= 999 ? count : 0;
};

/** The request that a form stands for. */
export function wishOf(form: PlanForm, about: PlanAbout): PlanWish {
  const split =
    form.way === "even"
      ? {
          count: whole(form.count),
          first_due: form.firstDue ?? "",
          rhythm: form.rhythm,
          remainder: form.remainder,
        }
      : null;
  return {
    ...about,
    invoice_ids: [...form.invoices],
    split,
    instalments:
      form.way === "typed"
        ? form.typed.map(({ due_date, amount }) => ({
            due_date: due_date ?? "",
            amount: amount ?? "",
          }))
        : [],
    grace_days: whole(form.grace),
    note: form.note,
  };
}

/** Invoices a new plan may take up: those of no other plan. */
export const isFree = (item: PlannableInvoice, replaces: string | null): boolean =>
  item.plan_id === null || item.plan_id === replaces;

/** Of invoices those in the currency of the first: a plan is in one. */
export const ofOneCurrency = (items: readonly PlannableInvoice[]): readonly PlannableInvoice[] =>
  items.filter(({ open }) => open.currency === items[0]?.open.currency);

/** Equal parts become rows that can be changed by hand. */
export const asTyped = (instalments: readonly InstalmentInput[]): PlanForm["typed"] =>
  instalments.map(({ due_date, amount }) => ({ due_date, amount }));

/** The same day a month later, or the month's last: where a first instalment is proposed. */
export function monthAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}
