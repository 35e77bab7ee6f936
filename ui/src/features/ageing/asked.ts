import type { AgeingRequest } from "~/ipc/gen/AgeingRequest";
import { type SortBy, sortFrom } from "~/ui/grid";
import type { Asked } from "./columns";
import { type AgeingSearch, bucketsFrom, idOf } from "./question";

/** An ageing without its rows. */
export type Question = Omit<AgeingRequest, "page">;

/** Which rows are shown, in which order. */
export interface Shown {
  query: string;
  sort: SortBy;
}

const NAMED = ["name", "credit", "balance"];
const LARGEST: SortBy = { column: "balance", direction: "descending" };

/** A column that these limits do not have cannot be sorted by. */
function sortAmong(sort: SortBy, ages: number): SortBy {
  const age = /^age(\d+)$/.exec(sort.column)?.[1];
  const isThere = age === undefined ? NAMED.includes(sort.column) : Number(age) < ages;
  return isThere ? sort : LARGEST;
}

/** What an address asks for on a day, with the limits the school has. */
export function askedOf(search: AgeingSearch, today: string, usual: readonly number[]) {
  const { as_of = today, by = "due", department } = search;
  const ends = bucketsFrom(search.buckets) ?? usual;
  const asked: Asked = { as_of, by, ends, department };
  const question: Question = { as_of, by, buckets: [...ends], department_id: idOf(department) };
  const sort = sortAmong(sortFrom(search.sort, LARGEST), ends.length + 2);
  const shown: Shown = { query: search.query ?? "", sort };
  return { asked, question, shown };
}
