/* What a rate and its day look like: never worked out here, only written. */
import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { formatAmount, formatMoney, type Money } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { usePreferences } from "../preferences";

/** A rate as it is written in both languages: `11,58`. */
export const rateText = (rate: string): string => rate.replace(".", ",");

/** An amount in a sentence; one in another currency than the books says so. */
export function useAmountText(): (of: Money) => string {
  const { currency } = useDesk();
  return (of) => (of.currency === currency ? formatAmount(of) : formatMoney(of));
}

/** What an amount is worth in the books, with the rate and its day where they are known. */
export function useWorthText() {
  const { t } = useTranslation("exchange");
  const { language } = usePreferences();
  return (of: Money, rate?: string | null, on?: string | null): string => {
    const amount = formatMoney(of);
    if (!rate) return t("worth", { amount });
    const at = { amount, rate: rateText(rate) };
    return on
      ? t("worth_at_of", { ...at, day: formatDate(on, "long", language) })
      : t("worth_at", at);
  };
}
