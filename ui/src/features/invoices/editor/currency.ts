/* Prices of the price list in the currency of a draft: converted by the backend, never here. */
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { LineInput } from "~/ipc/gen/LineInput";
import { exchangedPrice, listedPrices } from "../api";

type Where = Pick<DraftInput, "currency" | "issue_date">;

/** What a service costs in the currency of the draft; its listed price in that of the books. */
export type PriceOf = (service_id: string, listed: string) => string | Promise<string>;

/** Empty where no rate is known: the check of the draft tells so. */
const inCurrency = (service_id: string, currency: string, on: string): Promise<string> =>
  exchangedPrice({ service_id, currency, on }).catch(() => "");

export const priceIn =
  ({ currency, issue_date }: Where): PriceOf =>
  (service_id, listed) =>
    currency == null ? listed : inCurrency(service_id, currency, issue_date);

/** Lines of the price list with their prices in another currency; what was typed freely stays. */
export async function pricedIn(where: Where, lines: readonly LineInput[]): Promise<LineInput[]> {
  const listed = await listedPrices();
  const price = priceIn(where);
  return Promise.all(
    lines.map(async (line) => {
      const known = line.service_id === null ? undefined : listed.get(line.service_id);
      if (line.service_id === null || known === undefined) return line;
      return { ...line, unit_price: await price(line.service_id, known) };
    }),
  );
}
