import type { Terms } from "~/ipc/gen/Terms";

/** Terms that are chosen often; any other are added to the list where they stand. */
export const USUAL: readonly Terms[] = [
  { from: "issue", days: 0 },
  { from: "issue", days: 7 },
  { from: "issue", days: 10 },
  { from: "issue", days: 14 },
  { from: "issue", days: 30 },
  { from: "issue", days: 45 },
  { from: "end_of_month", days: 0 },
  { from: "end_of_month", days: 15 },
  { from: "end_of_month", days: 30 },
];

export const termsKey = (terms: Terms): string => `${terms.from} ${terms.days}`;

/** The usual ones, with those of a document that are not among them. */
export function termsWith(...more: readonly (Terms | null | undefined)[]): Terms[] {
  const all = [...USUAL];
  for (const terms of more)
    if (terms && !all.some((known) => termsKey(known) === termsKey(terms))) all.push(terms);
  return all;
}
