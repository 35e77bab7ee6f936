import { formatMoney } from "~/domain/money";
import { rpc } from "~/ipc/client";
import type { ComboOption } from "~/ui/primitives";

/** Payers that may be chosen, as choices of a field. */
export const payerChoices = (query: string, signal: AbortSignal): Promise<ComboOption[]> =>
  rpc(
    "list_payers",
    { query, with_inactive: false, window: { offset: 0, limit: 20 } },
    signal,
  ).then((page) =>
    page.rows.map((payer) => ({
      id: payer.id,
      name: payer.name,
      code: payer.number,
      price: formatMoney(payer.open),
    })),
  );
