/* What is sent is told by the backend in bare values; here they are written as a person reads them. */
import { formatDate, type Language } from "~/domain/dates";
import { formatAmount } from "~/domain/money";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONEY = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/;

/** Days and amounts of a value, also within parts set apart by ` · `. */
export function readable(value: string, language: Language): string {
  return value
    .split(" · ")
    .map((part) => {
      if (DAY.test(part)) return formatDate(part, "long", language);
      const [, amount, currency] = MONEY.exec(part) ?? [];
      return amount && currency ? formatAmount({ amount, currency }) : part;
    })
    .join(" · ");
}
