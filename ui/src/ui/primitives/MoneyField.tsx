import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { TextField as AriaTextField, Input } from "react-aria-components";
import { useTranslation } from "react-i18next";
import {
  currencyDigits,
  formatAmount,
  type MoneyProblem,
  type ParsedMoney,
  parseMoney,
} from "~/domain/money";
import { maybeSum, readSum } from "~/ipc/sums";
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

const PROBLEMS: Record<string, MoneyProblem> = {
  too_many_decimals: "too_many_decimals",
  too_large: "too_long",
  negative: "negative",
};

/** The last sum that was typed and what it came to; nothing for the plain amount that most are. */
interface Sum {
  text: string;
  read: ParsedMoney | "pending";
}

/** Asks for what a sum comes to; only the last one typed is heard. */
function useSum({ currency, allowNegative, decimals }: MoneyFieldProps) {
  const [sum, setSum] = useState<Sum | null>(null);
  const asked = useRef("");
  function ask(text: string, then: (amount: string) => void) {
    asked.current = text;
    setSum({ text, read: "pending" });
    void readSum(text, currency, { allowNegative, decimals }).then((read) => {
      if (asked.current !== text) return;
      const problem = PROBLEMS[read.ok ? "" : read.rule] ?? "not_a_number";
      setSum({ text, read: read.ok ? read : { ok: false, problem } });
      if (read.ok) then(read.amount);
    });
  }
  function forget() {
    asked.current = "";
    setSum(null);
  }
  return { sum, ask, forget };
}

/** What is typed, what it means, and what is wrong with it. */
function useTypedAmount(props: MoneyFieldProps) {
  const { value, onChange, currency, allowNegative, decimals } = props;
  const shown = (amount: string | null) =>
    amount === null ? "" : formatAmount({ amount, currency });
  const [text, setText] = useState(() => shown(value));
  const [isFocused, setFocused] = useState(false);
  const isIn = useRef(false);
  const { sum, ask, forget } = useSum(props);
  const problemText = useProblemText(currency, decimals);
  const read = (input: string) => parseMoney(input, currency, { allowNegative, decimals });

  const typed = sum?.text === text ? sum.read : read(text);
  const isPending = typed === "pending";
  const parsed: ParsedMoney = isPending ? { ok: false, problem: "not_a_number" } : typed;
  // A value set from outside replaces the text, unless it is what the text already says.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value may replace the text
  useEffect(() => {
    const said = parsed.ok ? parsed.amount : null;
    if (value !== said) setText(shown(value));
  }, [value, currency]);

  const isEmpty = text.trim() === "";
  // Half an amount is not an error yet; too many decimals already is.
  const isTooEarly = isPending || (isFocused && !parsed.ok && parsed.problem === "not_a_number");
  return {
    text,
    isPending,
    /** What a sum came to, while it still stands there as it was typed. */
    sum: isFocused && sum?.text === text && parsed.ok ? shown(parsed.amount) : undefined,
    problem: isEmpty || isTooEarly ? undefined : problemText(parsed),
    change(next: string) {
      setText(next);
      const result = read(next);
      onChange(next.trim() !== "" && result.ok ? result.amount : null);
      if (result.ok || !maybeSum(next)) return forget();
      ask(next, (amount) => {
        onChange(amount);
        if (!isIn.current) setText(shown(amount));
      });
    },
    enter() {
      isIn.current = true;
      setFocused(true);
    },
    leave() {
      isIn.current = false;
      setFocused(false);
      if (parsed.ok && !isEmpty) setText(shown(parsed.amount));
    },
  };
}

/** The only way to take an amount. Shows what it understood when the field is left. */
export function MoneyField(props: MoneyFieldProps) {
  const { t } = useTranslation("fields");
  const { text, sum, isPending, problem, change, enter, leave } = useTypedAmount(props);
  // What cannot be read is the nearer reason: a form that gets nothing calls it missing.
  const error = problem ?? props.error;
  function onKeyDown(e: KeyboardEvent) {
    if (e.key !== "Enter" || e.nativeEvent.isComposing) return;
    // What is not yet known cannot be sent; it will be in a moment.
    if (isPending) return e.preventDefault();
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
        {sum && (
          <span className={s.preview} aria-live="polite">
            {t("money_sum", { amount: sum })}
          </span>
        )}
      </div>
      <FieldFoot hint={props.hint} error={error} />
    </AriaTextField>
  );
}
