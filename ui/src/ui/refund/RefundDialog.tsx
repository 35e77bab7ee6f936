import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isZero } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { CreditRef } from "~/ipc/gen/CreditRef";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { refusalText } from "~/ipc/refusal";
import {
  Amount,
  DateField,
  FormDialog,
  MoneyField,
  Note,
  Select,
  TextField,
  toast,
} from "~/ui/primitives";
import { useAmountText } from "../exchange/words";
import { type Draft, FIELDS, needOf, problemOf, worthOf } from "./draft";
import s from "./Refund.module.css";
import { RefundWorth } from "./RefundWorth";

interface RefundDialogProps {
  studentId: string;
  /** Only these credits; none: all the student has, the oldest first. */
  sources: readonly CreditRef[];
  onClose: () => void;
}

export type Refunding = ReturnType<typeof useRefund>;

/** Money paid back, from an empty form to the book. */
function useRefund({ studentId, sources, onClose }: RefundDialogProps) {
  const { t } = useTranslation("payments");
  const { today, currency: school } = useDesk();
  const amountText = useAmountText();
  // Made when the dialog opens: pressing twice pays back once.
  const [id] = useState(() => crypto.randomUUID());
  const tables = useRpc("school_tables", {}).data;
  const methods = tables?.payment_methods.filter((method) => method.active) ?? [];
  const [typed, setTyped] = useState<Partial<Draft>>({});
  const about = { student_id: studentId, sources: [...sources] };
  const pool = useRpc("refund_form", {
    ...about,
    amount: null,
    on: today,
    currency: typed.currency ?? null,
  }).data;
  const currency = pool?.currency ?? school;
  const draft: Draft = {
    currency: null,
    base_amount: null,
    rate: null,
    amount: pool?.unused.amount ?? null,
    paid_on: today,
    method: methods[0]?.code ?? null,
    reference: "",
    reason: "",
    ...typed,
  };
  const form = useRpc(
    "refund_form",
    { ...about, amount: draft.amount, on: draft.paid_on ?? today, currency: draft.currency },
    { enabled: pool !== undefined, keepPrevious: true },
  ).data;
  const pay = useRpcMutation("pay_refund");
  const refused = fieldFaults(pay.error, FIELDS);
  const problem = problemOf(form, currency);
  const need = needOf(draft);
  function submit() {
    pay.mutate(
      {
        id,
        ...about,
        method: draft.method ?? "",
        paid_on: draft.paid_on ?? "",
        amount: draft.amount ?? "",
        reference: draft.reference,
        reason: draft.reason,
        foreign: currency === school ? null : worthOf(draft, currency),
      },
      {
        onSuccess: (refund) => {
          toast({
            text: t("refunded", { amount: amountText(refund.amount), name: refund.student }),
          });
          onClose();
        },
      },
    );
  }
  const change = (next: Partial<Draft>) => setTyped((before) => ({ ...before, ...next }));
  return {
    draft,
    change,
    /** What was typed was an amount of the other currency. */
    choose: (currency: string) =>
      setTyped(({ amount: _, ...rest }) => ({ ...rest, currency, base_amount: null, rate: null })),
    methods,
    form,
    problem,
    need: need && t(need),
    pay,
    refused,
    submit,
    today,
    currency,
    school,
  };
}

/** Pays credit back: how much, how, when and why, with what it comes out of. */
export function RefundDialog(props: RefundDialogProps) {
  const { t } = useTranslation("payments");
  const refund = useRefund(props);
  const { draft, change, methods, form, problem, need, pay, refused, today, currency } = refund;
  const amountText = useAmountText();
  return (
    <FormDialog
      title={form ? t("refund_title", { name: form.student }) : t("refund")}
      verb={
        draft.amount === null
          ? t("refund")
          : t("refund_amount", { amount: amountText({ amount: draft.amount, currency }) })
      }
      width="narrow"
      onClose={props.onClose}
      onSubmit={refund.submit}
      isBusy={pay.isPending}
      disabledReason={problem || need}
      trouble={pay.error && refused.elsewhere ? refusalText(pay.error, currency) : undefined}
    >
      {form && (
        <p className="t2">
          {t("refund_body")}{" "}
          <Amount of={form.unused} look="credit" withCurrency={currency !== refund.school} />
        </p>
      )}
      <MoneyField
        label={t("amount")}
        name="amount"
        isRequired
        autoFocus
        currency={currency}
        value={draft.amount}
        onChange={(amount) => change({ amount })}
        error={problem || refused.at.amount}
      />
      {form && <RefundWorth refund={refund} form={form} />}
      <div className={s.pair}>
        <DateField
          label={t("paid_on")}
          name="paid_on"
          isRequired
          today={today}
          max={today}
          value={draft.paid_on}
          onChange={(paid_on) => change({ paid_on })}
          error={refused.at.paid_on}
        />
        <Select
          label={t("method")}
          name="method"
          isRequired
          options={methods.map(({ code, name }) => ({ id: code, name }))}
          value={draft.method}
          onChange={(method) => change({ method })}
          error={refused.at.method}
        />
      </div>
      <TextField
        label={t("reference_bank")}
        name="reference"
        maxLength={120}
        value={draft.reference}
        onChange={(reference) => change({ reference })}
        error={refused.at.reference}
      />
      <TextField
        label={t("reason")}
        name="reason"
        isRequired
        maxLength={200}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
        error={refused.at.reason}
      />
      {form && form.parts.length > 0 && (
        <Note tone="info" title={t("comes_out_of")}>
          {form.parts.map((part) => (
            <span key={part.source_id} className={s.partLine}>
              {t(`source_${part.source as "payment"}`, { label: part.label })}{" "}
              <Amount of={part.amount} withCurrency={currency !== refund.school} />
            </span>
          ))}
          {!isZero(form.balance_after) && (
            <span className={s.partLine}>
              {t("balance_then")}{" "}
              <Amount of={form.balance_after} withCurrency={currency !== refund.school} />
            </span>
          )}
        </Note>
      )}
    </FormDialog>
  );
}
