/* Why money was refused, with its amounts as people read them. */
import { formatAmount } from "~/domain/money";
import { faultOf, faultText } from "./errors";

/** Amounts among the facts of a refusal, written as people read them. */
export function shownParams(
  params: Record<string, string> | undefined,
  currency: string,
): Record<string, string> {
  const amounts = new Set(["allocated", "received", "open", "amount", "unused", "limit"]);
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => [
      name,
      amounts.has(name) ? formatAmount({ amount: value, currency }) : value,
    ]),
  );
}

/** Why it was refused, with its amounts as people read them. */
export function refusalText(error: unknown, currency: string): string {
  const fault = faultOf(error);
  return faultText({ ...fault, params: shownParams(fault.params, currency) });
}
