import type { ExchangeRateRow } from "~/ipc/gen/ExchangeRateRow";

/** One currency: the rate that counts today, and all that were set, the latest day first. */
export interface RatesOf {
  currency: string;
  /** Nothing: its first rate is still to come. */
  now: ExchangeRateRow | undefined;
  all: readonly ExchangeRateRow[];
}

/** The rates by their currency, in the order of the alphabet. */
export function ratesByCurrency(rates: readonly ExchangeRateRow[]): readonly RatesOf[] {
  const currencies = [...new Set(rates.map(({ currency }) => currency))].toSorted();
  return currencies.map((currency) => {
    const all = rates
      .filter((rate) => rate.currency === currency)
      .toSorted((a, b) => b.on.localeCompare(a.on));
    return { currency, now: all.find((rate) => rate.in_force), all };
  });
}

/** The others of a currency: those that held before, and those that are still to come. */
export const othersOf = ({ now, all }: RatesOf): readonly ExchangeRateRow[] =>
  all.filter((rate) => rate !== now);
