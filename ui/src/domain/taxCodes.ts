/* VAT codes by day: a code has one entry for each rate it ever had, and one for each still to come. */
import { addDays, type IsoDate } from "./dates";

interface Dated {
  code: string;
  valid_from: IsoDate;
}

const ofCode = <C extends Dated>(codes: readonly C[], code: string) =>
  codes
    .filter((one) => one.code === code)
    .toSorted((a, b) => a.valid_from.localeCompare(b.valid_from));

/** Whether an entry is the one that holds on a day. */
export const inForce = <C extends Dated>(codes: readonly C[], row: C, day: IsoDate): boolean =>
  ofCode(codes, row.code).findLast((one) => one.valid_from <= day)?.valid_from === row.valid_from;

/** The last day of an entry that another one of its code follows. */
export function lastDay<C extends Dated>(codes: readonly C[], row: C): IsoDate | undefined {
  const next = ofCode(codes, row.code).find((one) => one.valid_from > row.valid_from);
  return next && addDays(next.valid_from, -1);
}

/** Each code once, as it holds on a day; one that has yet to begin as it will. */
export function codesOn<C extends Dated>(codes: readonly C[], day: IsoDate): C[] {
  return [...new Set(codes.map(({ code }) => code))].flatMap((code) => {
    const dated = ofCode(codes, code);
    return dated.findLast((one) => one.valid_from <= day) ?? dated.slice(0, 1);
  });
}
