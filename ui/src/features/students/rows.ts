import { isNegative, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { AccountRow } from "~/ipc/gen/AccountRow";

/** Something that is still to be paid, or still to be used. */
export const isOpenRow = (row: AccountRow): boolean => !isZero(row.left);

/** A credit note, a payment or a write-off takes from what is owed; what undoes one adds to it. */
export const isTaking = (row: AccountRow): boolean => isNegative(row.amount);

/** A payment and its reversal are two rows of one payment. */
export const keyOf = (row: AccountRow): string =>
  // Of exchange a document can have several on one day.
  `${row.kind} ${row.id} ${row.date}${row.kind === "exchange" ? ` ${row.running.amount}` : ""}`;

type Placed = { kind: string; id: string };

/** Where a row leads; a difference by exchange to the refund or invoice that it came with. */
export function placesOf(rows: readonly Placed[]): (row: Placed) => string {
  const refunds = new Set(rows.filter(({ kind }) => kind === "refund").map(({ id }) => id));
  return ({ kind, id }) => placeOf(kind === "exchange" && refunds.has(id) ? "refund" : kind, id);
}
