import { useTranslation } from "react-i18next";
import { withoutSign } from "~/domain/amounts";
import { isNegative, isZero, type Money } from "~/domain/money";
import { Amount, type Fact } from "../primitives";
import { useWorthText } from "./words";

interface WorthProps {
  /** In the currency of the books. */
  of: Money | null | undefined;
  rate?: string | null;
  /** The day of the rate. */
  on?: string | null;
}

/** What an amount in another currency is worth in the books, in one quiet line. */
export function Worth({ of, rate, on }: WorthProps) {
  const text = useWorthText();
  return of ? <span className="num t2">{text(of, rate, on)}</span> : null;
}

/** The amount in its own currency beside the one of the books. */
export function Foreign({ of }: { of: Money | null | undefined }) {
  if (!of) return null;
  return (
    <span className="t3 small nowrap">
      <Amount of={withoutSign(of)} withCurrency />
    </span>
  );
}

/** What was gained or lost by exchange, in words; nothing where nothing was. */
export function Gain({ of }: { of: Money | null | undefined }) {
  const { t } = useTranslation("exchange");
  if (!of || isZero(of)) return null;
  return (
    <span className="t2">
      {t(isNegative(of) ? "loss" : "gain")} <Amount of={withoutSign(of)} withCurrency />
    </span>
  );
}

/** The same as a fact of a page: none where nothing was gained or lost. */
export function useGainFacts(): (of: Money | null | undefined) => Fact[] {
  const { t } = useTranslation("exchange");
  return (of) =>
    of && !isZero(of)
      ? [
          {
            label: t(isNegative(of) ? "loss" : "gain"),
            value: <Amount of={withoutSign(of)} withCurrency />,
          },
        ]
      : [];
}
