/*
 * Reading amounts for the eye: order, sign and length of a bar. Exact, on whole minor units; no
 * result of these is ever shown or sent as an amount.
 */
import { currencyDigits, isZero, type Money } from "./money";

/** Minor units of the currency, for comparing. */
function minor({ amount, currency }: Money): bigint {
  const digits = currencyDigits(currency);
  const match = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(amount);
  if (!match) return 0n;
  const fraction = (match[3] ?? "").slice(0, digits).padEnd(digits, "0");
  const units = BigInt(`${match[2] || "0"}${fraction}`);
  return match[1] === "-" ? -units : units;
}

/** Below nothing when `a` is the smaller; both of one currency. */
export function compareAmounts(a: Money, b: Money): number {
  const [left, right] = [minor(a), minor(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The same amount without its sign, for a column whose head already says which way it goes. */
export function withoutSign(money: Money): Money {
  return { ...money, amount: money.amount.replace(/^[-+]/, "") };
}

/** The same amount the other way round, such as credit in a row that adds up to a balance. */
export function opposite(money: Money): Money {
  if (isZero(money)) return money;
  const { amount } = money;
  return { ...money, amount: amount.startsWith("-") ? amount.slice(1) : `-${amount}` };
}

/** How much of `whole` is `part`, from 0 to 1 in thousandths: the length of a bar. */
export function shareOf(part: Money, whole: Money): number {
  const of = minor(whole);
  const some = minor(part);
  if (of <= 0n || some <= 0n) return 0;
  return Math.min(1, Number((some * 1000n) / of) / 1000);
}

/** The largest of some amounts of one currency; nothing of none. */
export function largest(amounts: readonly Money[]): Money | undefined {
  return amounts.reduce<Money | undefined>(
    (most, a) => (most === undefined || compareAmounts(a, most) > 0 ? a : most),
    undefined,
  );
}
