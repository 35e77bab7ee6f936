import { isZero } from "~/domain/money";
import type { AccountRow } from "~/ipc/gen/AccountRow";

/** Something that is still to be paid, or still to be used. */
export const isOpenRow = (row: AccountRow): boolean => !isZero(row.left);

/** A credit note or payment takes from what is owed. */
export const isTaking = (row: AccountRow): boolean => row.kind !== "invoice";
