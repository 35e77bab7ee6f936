import { isNegative, isZero } from "~/domain/money";
import type { AccountRow } from "~/ipc/gen/AccountRow";

/** Something that is still to be paid, or still to be used. */
export const isOpenRow = (row: AccountRow): boolean => !isZero(row.left);

/** A credit note, a payment or a write-off takes from what is owed; what undoes one adds to it. */
export const isTaking = (row: AccountRow): boolean => isNegative(row.amount);

/** A payment and its reversal are two rows of one payment. */
export const keyOf = (row: AccountRow): string => `${row.kind} ${row.id} ${row.date}`;
