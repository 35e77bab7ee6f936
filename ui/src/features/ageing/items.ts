import type { AgeBy } from "./question";
import { type AgeingSearch, readSearch } from "./question";

/** Which cell of the ageing is opened. */
export interface ItemsSearch extends Pick<AgeingSearch, "as_of" | "by" | "buckets"> {
  /** From 0, which is not due; nothing: all that is open. */
  column?: number;
  /** The rows that make the credit. */
  credit?: boolean;
  student?: string;
  /** `none`: students of no department. */
  department?: string;
  /** What this payer is asked for; `none`: what students are asked for themselves. */
  payer?: string;
}

export function readItemsSearch(s: Record<string, unknown>): ItemsSearch {
  const { as_of, by, buckets } = readSearch(s);
  const column =
    typeof s.column === "number" && s.column >= 0 && s.column < 10 ? s.column : undefined;
  const text = (of: unknown) => (typeof of === "string" && of !== "" ? of : undefined);
  return {
    as_of,
    by,
    buckets,
    column,
    credit: s.credit === true ? true : undefined,
    student: text(s.student),
    department: text(s.department),
    payer: text(s.payer),
  };
}

interface Cell {
  column?: number;
  credit?: true;
  student?: string;
  department?: string;
  payer?: string;
}

/** The path of rows, as a link of a cell names it. */
export function itemsPath(search: ItemsSearch): string {
  const parts = Object.entries(search).filter(([, value]) => value !== undefined);
  const words = parts.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `/ageing/items?${words.join("&")}`;
}

/** The address of the rows that make a cell. */
export function cellSearch(
  asked: { as_of: string; by: AgeBy; ends: readonly number[] },
  cell: Cell,
): ItemsSearch {
  return {
    as_of: asked.as_of,
    by: asked.by === "issue" ? "issue" : undefined,
    buckets: asked.ends.map((end) => `${end}d`).join(""),
    ...cell,
  };
}
