import { useEffect, useState } from "react";
import { useDesk } from "~/ipc/desk";
import { type Fault, faultOf, faultText } from "~/ipc/errors";
import type { PaymentFormView } from "~/ipc/gen/PaymentFormView";
import { shownParams } from "~/ipc/refusal";
import { useCheckedShares, usePaymentForm } from "./api";
import { cleared, fitted, proposed, type Shares, withShare } from "./shares";
import { type Worth, worthOf } from "./worth";

interface Wanted {
  student: string | null;
  amount: string | null;
  /** The way to pay, for what it costs on top. */
  method: string | null;
  /** The invoice a person came from: settled before older ones. */
  invoice: string | null;
  /** Invoices that the reference names: settled next. */
  referred: readonly string[];
  /** Nothing: that of the invoice, or of the books. */
  currency: string | null;
  base_amount: string | null;
  rate: string | null;
  on: string | null;
}

export interface Recording {
  /** What amount and shares are in. */
  currency: string;
  /** What money in another currency is worth, as it is said. */
  worth: Worth | null;
  form: PaymentFormView | undefined;
  fault: Fault | undefined;
  shares: Shares;
  checked: ReturnType<typeof useCheckedShares>["data"];
  /** The figures on the screen are of what was typed a moment ago. */
  isStale: boolean;
  /** They could not be asked for at all. */
  isBroken: boolean;
  /** Why it cannot be recorded, in words. */
  problem: string | undefined;
  setShare: (invoice_id: string, amount: string | null) => void;
  oldestFirst: () => void;
  clear: () => void;
}

/** What is shown answers what was asked; while nothing is, money would be recorded without shares. */
const isFresh = (asked: { isSuccess: boolean; isPlaceholderData: boolean }) =>
  asked.isSuccess && !asked.isPlaceholderData;

/**
 * How an amount is shared out. While nobody has typed a share the backend's proposal is taken;
 * from then on the typed shares stand, until "oldest first" is asked for.
 */
export function useRecording(wanted: Wanted): Recording {
  const { student, amount, method, invoice, referred, on } = wanted;
  const { currency: school } = useDesk();
  const [typed, setTyped] = useState<Shares | null>(null);
  const [first, setFirst] = useState(invoice);
  const [byAge, setByAge] = useState(false);
  const named = referred.join(" ");
  // Another student is another table.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new student starts anew
  useEffect(() => {
    setTyped(null);
    setFirst(invoice);
  }, [student]);
  // Another reference is another proposal.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other invoices start anew
  useEffect(() => setByAge(false), [named]);

  const next = byAge ? [] : [...referred];
  const asked =
    student === null
      ? null
      : {
          student_id: student,
          amount,
          invoice_id: first,
          referred: next,
          currency: wanted.currency,
          on,
        };
  const form = usePaymentForm(asked);
  const currency = wanted.currency ?? form.data?.currency ?? school;
  const worth = worthOf(currency, school, wanted);
  const open = form.data?.open_items ?? [];
  const shares = typed === null ? proposed(form.data?.shares ?? []) : fitted(typed, open);
  const checked = useCheckedShares(form.data ? student : null, {
    amount: amount ?? "0",
    method,
    shares,
    worth,
    on,
  });
  const problem = checked.data?.problem;
  return {
    currency,
    worth,
    form: form.data,
    fault: form.error ? faultOf(form.error) : undefined,
    shares,
    checked: checked.data,
    isStale: student !== null && !(isFresh(form) && isFresh(checked)),
    isBroken: form.isError || checked.isError,
    problem: problem
      ? faultText({
          code: "cannot_pay",
          rule: problem,
          params: shownParams(checked.data?.problem_params, currency),
          message: problem,
        })
      : checked.error
        ? faultText(faultOf(checked.error))
        : undefined,
    setShare: (id, share) => setTyped(withShare(shares, id, share)),
    oldestFirst() {
      setFirst(null);
      setByAge(true);
      setTyped(null);
    },
    clear: () => setTyped(cleared(shares)),
  };
}
