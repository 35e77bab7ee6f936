/* Sums that are typed in place of an amount. The backend works them out; no money is computed here. */
import { rpc } from "./client";
import { faultOf } from "./errors";

export interface SumReading {
  allowNegative?: boolean;
  decimals?: number;
}

export type ReadSum = { ok: true; amount: string } | { ok: false; rule: string };

/** Whether it is worth asking: figures with a sign between them, a bracket, or a `k` at the end. */
export const maybeSum = (text: string): boolean =>
  /^\s*=?[\d\s.,'()+\-\u2212\u2013*xX\u00d7/\u00f7:kK]+$/.test(text) &&
  /\d/.test(text) &&
  /[=()+*xX\u00d7/\u00f7:kK]|\d\s*[-\u2212\u2013]/.test(text);

/** `100+25` as `125.00`, or the rule it breaks. */
export async function readSum(
  text: string,
  currency: string,
  { allowNegative = false, decimals }: SumReading,
): Promise<ReadSum> {
  const request = { text, currency, decimals: decimals ?? null, allow_negative: allowNegative };
  try {
    return { ok: true, amount: (await rpc("read_amount", request)).amount };
  } catch (thrown) {
    return { ok: false, rule: faultOf(thrown).rule ?? "number" };
  }
}
