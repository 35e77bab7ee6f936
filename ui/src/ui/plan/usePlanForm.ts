import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount, isZero } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { faultText } from "~/ipc/errors";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { PlanView } from "~/ipc/gen/PlanView";
import { shownParams } from "~/ipc/refusal";
import { toast } from "~/ui/primitives";
import { useAgree, usePreview } from "./api";
import { isFree, monthAfter, ofOneCurrency, type PlanForm, wishOf } from "./form";

export interface PlanDialogProps {
  studentId: string;
  /** The invoice the person came from; none: every open one. */
  invoiceId?: string;
  /** The plan that is changed. */
  replaces?: PlanView;
  onClose: () => void;
}

/** A change begins with what is left of the plan, unless some of it was missed already. */
function empty(today: string, { replaces }: PlanDialogProps): PlanForm {
  const left = replaces?.instalments.filter(({ open }) => open && !isZero(open)) ?? [];
  const isKept = left.length > 0 && left.every(({ state }) => state !== "missed");
  return {
    invoices: [],
    way: isKept ? "typed" : "even",
    count: "3",
    firstDue: monthAfter(today),
    rhythm: "monthly",
    remainder: "last",
    typed: isKept
      ? left.map(({ due_date, open }) => ({ due_date, amount: open?.amount ?? null }))
      : [],
    grace: String(replaces?.grace_days ?? 7),
    note: replaces?.note ?? "",
  };
}

/** A payment plan from an empty form to the book, tried out by the desk at every change. */
export function usePlanForm(props: PlanDialogProps) {
  const { t } = useTranslation("plans");
  const { today, currency: ofBooks } = useDesk();
  // Made when the dialog opens: pressing twice agrees once.
  const [id] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState<Partial<PlanForm>>({});
  const replaces = props.replaces?.id ?? null;
  const about = { id, student_id: props.studentId, replaces };
  const start = empty(today, props);
  const pool = usePreview(wishOf(start, about)).data;
  const free = pool?.open_items.filter((item) => isFree(item, replaces)) ?? [];
  const proposed = free.filter((item) =>
    props.replaces
      ? item.plan_id === replaces
      : props.invoiceId === undefined || item.invoice_id === props.invoiceId,
  );
  const form: PlanForm = {
    ...start,
    invoices: ofOneCurrency(proposed).map((item) => item.invoice_id),
    ...typed,
  };
  const chosen = free.find((item) => form.invoices.includes(item.invoice_id));
  /** Of the plan, which is that of its invoices. */
  const currency = chosen?.open.currency ?? ofBooks;
  const preview = usePreview(wishOf(form, about)).data;
  const agree = useAgree();
  const refused = fieldFaults(agree.error, []);
  const problem = preview?.problem
    ? faultText({
        code: "cannot_plan",
        rule: preview.problem,
        params: shownParams(preview.problem_params, currency),
        message: preview.problem,
      })
    : undefined;
  function submit() {
    agree.mutate(wishOf(form, about), {
      onSuccess: (plan) => {
        toast({
          tone: "success",
          text: t("agreed", { name: plan.student, amount: formatAmount(plan.total) }),
        });
        props.onClose();
      },
    });
  }
  const change = (next: Partial<PlanForm>) => setTyped((before) => ({ ...before, ...next }));
  const fieldProblem = (field: string) => (preview?.problem_field === field ? problem : undefined);
  const missing = preview && !isZero(preview.missing) ? preview.missing : undefined;
  return {
    form,
    change,
    free,
    chosen,
    currency,
    preview,
    problem,
    fieldProblem,
    missing,
    agree,
    refused,
    submit,
  };
}

export type PlanFormState = ReturnType<typeof usePlanForm>;
