import { daysBetween, type IsoDate } from "~/domain/dates";
import { isZero, type Money } from "~/domain/money";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import type { ShareInput } from "~/ipc/gen/ShareInput";

/** What is typed per invoice, in the order of the table; null is an empty or unreadable field. */
export type Shares = readonly { readonly invoice_id: string; readonly amount: string | null }[];

export const proposed = (shares: readonly ShareInput[]): Shares =>
  shares.map(({ invoice_id, amount }) => ({ invoice_id, amount }));

export const withShare = (shares: Shares, invoice_id: string, amount: string | null): Shares =>
  shares.map((share) => (share.invoice_id === invoice_id ? { invoice_id, amount } : share));

/** Every share at nothing: all of it is kept as credit. */
export const cleared = (shares: Shares): Shares =>
  shares.map(({ invoice_id }) => ({ invoice_id, amount: null }));

/** As the backend takes them; it leaves out what is empty. */
export const sharesOf = (shares: Shares): ShareInput[] =>
  shares.map(({ invoice_id, amount }) => ({ invoice_id, amount: amount ?? "" }));

/** Typed shares for the items that are open now; one that is no longer open is dropped. */
export function fitted(shares: Shares, open: readonly { invoice_id: string }[]): Shares {
  return open.map(({ invoice_id }) => ({
    invoice_id,
    amount: shares.find((share) => share.invoice_id === invoice_id)?.amount ?? null,
  }));
}

/** Days within which the same amount of the same student may be the same money. */
const TWIN_DAYS = 3;

/** A payment that this one may repeat. */
export function twinOf(
  rows: readonly PaymentRow[],
  amount: Money,
  received_on: IsoDate,
): PaymentRow | undefined {
  return rows.find(
    (row) =>
      row.amount.amount === amount.amount &&
      row.amount.currency === amount.currency &&
      !isZero(amount) &&
      Math.abs(daysBetween(row.received_on, received_on)) <= TWIN_DAYS,
  );
}
