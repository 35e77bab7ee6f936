import { faultText } from "~/ipc/errors";
import type { ForeignMoney } from "~/ipc/gen/ForeignMoney";
import type { RefundFormView } from "~/ipc/gen/RefundFormView";
import { shownParams } from "~/ipc/refusal";

export interface Draft {
  /** Nothing: that of the credit it comes out of. */
  currency: string | null;
  /** What left in the currency of the books; nothing: by the rate. */
  base_amount: string | null;
  rate: string | null;
  amount: string | null;
  paid_on: string | null;
  method: string | null;
  reference: string;
  reason: string;
}

export const FIELDS = [
  "amount",
  "base_amount",
  "rate",
  "paid_on",
  "method",
  "reference",
  "reason",
] as const;

/** What it left as; the amount wins over the rate, and neither is the rate of the day. */
export const worthOf = ({ base_amount, rate }: Draft, currency: string): ForeignMoney => ({
  currency,
  base_amount,
  rate: base_amount === null ? rate : null,
});

/** Why the backend would refuse it, in words. */
export const problemOf = (form: RefundFormView | undefined, currency: string) =>
  form?.problem &&
  faultText({
    code: "cannot_pay",
    rule: form.problem,
    params: shownParams(form.problem_params, currency),
    message: form.problem,
  });

/** What has to be there before it can be paid back. */
export function needOf({ amount, paid_on, reason }: Draft) {
  if (amount === null) return "need_amount_back";
  if (paid_on === null) return "need_day";
  return reason.trim() === "" ? "need_reason" : undefined;
}
