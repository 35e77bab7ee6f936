/* Money in another currency than the books: what it came as, or the rate it is taken by. */
import type { ForeignMoney } from "~/ipc/gen/ForeignMoney";

/** As the backend takes it; the amount wins over the rate, and neither is the rate of the day. */
export type Worth = ForeignMoney;

interface Typed {
  base_amount: string | null;
  rate: string | null;
}

/** Nothing in the currency of the books. */
export const worthOf = (currency: string, school: string, typed: Typed): Worth | null =>
  currency === school
    ? null
    : {
        currency,
        base_amount: typed.base_amount,
        rate: typed.base_amount === null ? typed.rate : null,
      };
