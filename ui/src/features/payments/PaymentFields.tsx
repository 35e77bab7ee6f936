import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import {
  ComboBox,
  type ComboOption,
  DateField,
  MoneyField,
  Select,
  TextField,
} from "~/ui/primitives";
import { findPayers, useMethods } from "./api";
import type { PaymentDraft } from "./draft";
import s from "./Payments.module.css";

interface PaymentFieldsProps {
  draft: PaymentDraft;
  student: ComboOption | null;
  /** The payer came with the address; the amount is the first thing to write. */
  isNamed: boolean;
  today: string;
  currency: string;
  errorAt: (field: string) => string | undefined;
  onStudent: (student: ComboOption | null) => void;
  onChange: (next: Partial<PaymentDraft>) => void;
  onReference: (reference: string) => void;
  onReferenceLeft: () => void;
}

/** What stands on the bank's line: who, when, how, with what reference, how much. */
export function PaymentFields(props: PaymentFieldsProps) {
  const { draft, student, isNamed, today, currency, errorAt, onStudent, onChange } = props;
  const { t } = useTranslation("payments");
  const methods = useMethods().filter((method) => method.active);
  const usual = methods[0]?.code;
  // The first way of paying is the usual one; the choice is made once the table is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the table may choose
  useEffect(() => {
    if (usual && draft.method === null) onChange({ method: usual });
  }, [usual]);
  return (
    <div className={s.fields}>
      <ComboBox
        label={t("student")}
        name="student_id"
        isRequired
        autoFocus={!isNamed}
        value={student}
        onChange={onStudent}
        load={findPayers}
        placeholder={t("student_find")}
        error={errorAt("student_id")}
      />
      <DateField
        label={t(draft.pending ? "announced_on" : "received_on")}
        name="received_on"
        isRequired
        today={today}
        max={today}
        value={draft.received_on}
        onChange={(received_on) => onChange({ received_on })}
        error={errorAt("received_on")}
      />
      <Select
        label={t("method")}
        name="method"
        isRequired
        options={methods.map(({ code, name }) => ({ id: code, name }))}
        value={draft.method}
        onChange={(method) => onChange({ method })}
        placeholder={t("method_choose")}
        error={errorAt("method")}
      />
      <TextField
        label={t("reference")}
        name="reference"
        isNumeric
        // A whole line of a bank's statement is pasted here.
        maxLength={1000}
        value={draft.reference}
        onChange={props.onReference}
        onBlur={props.onReferenceLeft}
        error={errorAt("reference")}
      />
      <MoneyField
        label={t(draft.pending ? "amount_announced" : "amount_received")}
        name="amount"
        isRequired
        autoFocus={isNamed}
        currency={currency}
        value={draft.amount}
        onChange={(amount) => onChange({ amount })}
        error={errorAt("amount")}
      />
    </div>
  );
}
