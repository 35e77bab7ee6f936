import type { TFunction } from "i18next";
import { ageRange } from "./question";

/** Name of a column: not due, 1–30, … over 90. */
export function columnName(
  t: TFunction<"ageing">,
  ends: readonly number[],
  column: number,
): string {
  if (column === 0) return t("not_due");
  const { from, to } = ageRange(ends, column);
  return to === undefined ? t("over", { days: from - 1 }) : `${from}–${to}`;
}

/** The step of age of a column, for its colour: the first and the last of five are fixed. */
export function ageStep(columns: number, column: number): number {
  const last = columns - 1;
  if (column === 0 || column === last) return column === 0 ? 0 : 4;
  return 1 + Math.floor((3 * (column - 1)) / Math.max(1, last - 1));
}
