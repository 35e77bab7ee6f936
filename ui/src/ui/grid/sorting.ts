import type { SortBy } from "./columns";

/** An order in the address: the column, with a minus in front when the largest comes first. */
export function sortFrom(text: string | undefined, otherwise: SortBy): SortBy {
  if (!text) return otherwise;
  return text.startsWith("-")
    ? { column: text.slice(1), direction: "descending" }
    : { column: text, direction: "ascending" };
}

export const sortText = ({ column, direction }: SortBy): string =>
  direction === "descending" ? `-${column}` : column;
