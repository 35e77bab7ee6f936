import { type KeyboardEvent, useEffect, useState } from "react";
import { TextField as AriaTextField, Input } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { currencyDigits, formatAmount, type ParsedMoney, parseMoney } from "~/domain/money";
import { cx } from "./cx";
import { FieldFoot, FieldLabel, type FieldProps, fieldProps, fieldStyles as s } from "./Field";

export interface MoneyFieldProps extends FieldProps {
  /** Decimal string such as `1234.50`, or null when empty or not readable. */
  value: string | null;
  onChange: (amount: string | null) => void;
  currency: string;
  allowNegative?: boolean;
  /** Most decimals; those of the currency unless said otherwise, as for the price of one. */
  decimals?: number;
  /** The currency code is left out where the column or the page already names it. */
  hideCurrency?: boolean;
  onEnter?: () => void;
}

function useProblemText(currency: string, decimals: number | undefined) {
  const { t } = useTranslation("fields");
  return (parsed: ParsedMoney): string | undefined => {
    if (parsed.ok) return undefined;
    if (parsed.problem !== "too_many_decimals") return t(`money_${parsed.problem}`);
    const digits = decimals ?? currencyDigits(currency);
    if (digits === 0) return t("money_too_many_decimals_none", { currency });
    if (digits === 2) return t("money_too_many_decimals_two");
    return t("money_too_many_decimals_more", { digits });
  };
}

/** What is typed, what it means, and what is wrong with it. */
function useTypedAmount(props: MoneyFieldProps) {
  const { value, onChange, currency, allowNegative, decimals } = props;
  const shown = (amount: string | null) =>
    amount === null ? "" : formatAmount({ amount, currency });
  const [text, setText] = useState(() => shown(value));
  const [isFocused, setFocused] = useState(false);
  const problemText = useProblemText(currency, decimals);
  const read = (input: string) => parseMoney(input, currency, { allowNegative, decimals });

  // A value set from outside replaces the text, unless it is what the text already says.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value may replace the text
  useEffect(() => {
    const parsed = read(text);
    const said = parsed.ok ? parsed.amount : null;
    if (value !== said) setText(shown(value));
  }, [value, currency]);

  const isEmpty = text.trim() === "";
  const parsed = read(text);
  // Half an amount is not an error yet; too many decimals already is.
  const isTooEarly = isFocused && !parsed.ok && parsed.problem === "not_a_number";
  return {
    text,
    problem: isEmpty || isTooEarly ? undefined : problemText(parsed),
    change(next: string) {
      setText(next);
      const result = read(next);
      onChange(next.trim() !== "" && result.ok ? result.amount : null);
    },
    enter: () => setFocused(true),
    leave() {
      setFocused(false);
      if (parsed.ok && !isEmpty) setText(shown(parsed.amount));
    },
  };
}

/** The only way to take an amount. Shows what it understood when the field is left. */
export function MoneyField(props: MoneyFieldProps) {
  const { text, problem, change, enter, leave } = useTypedAmount(props);
  // What cannot be read is the nearer reason: a form that gets nothing calls it missing.
  const error = problem ?? props.error;
  function onKeyDown(e: KeyboardEvent) {
    if (e.key !== "Enter" || e.nativeEvent.isComposing) return;
    leave();
    props.onEnter?.();
  }
  return (
    <AriaTextField
      {...fieldProps({ ...props, error })}
      value={text}
      onChange={change}
      onFocus={enter}
      onBlur={leave}
      inputMode="decimal"
    >
      <FieldLabel {...props} />
      <div className={s.box}>
        {!props.hideCurrency && <span className={s.affix}>{props.currency}</span>}
        <Input
          className={cx(s.input, s.numeric, s.money)}
          onKeyDown={onKeyDown}
          onFocus={(e) => e.currentTarget.select()}
        />
      </div>
      <FieldFoot hint={props.hint} error={error} />
    </AriaTextField>
  );
}
