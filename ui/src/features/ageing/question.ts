import type { IsoDate } from "~/domain/dates";

/** The backend takes two to six rising ends. */
export const FEWEST_BUCKETS = 2;
const MOST_BUCKETS = 6;
const MOST_DAYS = 3650;

export type AgeBy = "due" | "issue";

/** What of the report stands in the address. */
export interface AgeingSearch {
  as_of?: IsoDate;
  by?: AgeBy;
  /** Upper ends in days, such as `30.60.90`. */
  buckets?: string;
  query?: string;
  sort?: string;
  /** What there is a row for; nothing: each student. */
  group?: "department" | "payer";
  /** Only students of this department; `none`: of no department. */
  department?: string;
}

export function readSearch(s: Record<string, unknown>): AgeingSearch {
  const buckets = typeof s.buckets === "string" ? bucketsFrom(s.buckets) : null;
  return {
    as_of: /^\d{4}-\d{2}-\d{2}$/.test(String(s.as_of)) ? String(s.as_of) : undefined,
    by: s.by === "issue" ? "issue" : undefined,
    buckets: buckets ? bucketsText(buckets) : undefined,
    query: s.query === undefined || s.query === "" ? undefined : String(s.query),
    sort: typeof s.sort === "string" ? s.sort : undefined,
    group: s.group === "department" || s.group === "payer" ? s.group : undefined,
    department: typeof s.department === "string" && s.department ? s.department : undefined,
  };
}

/** An id as the backend asks for it: of those without one it is empty. */
export const idOf = (id: string | undefined): string | null => (id === "none" ? "" : (id ?? null));

/** Days joined by `d`: a comma or a point would be read as one number. */
export const bucketsText = (ends: readonly number[]): string => ends.map((n) => `${n}d`).join("");

export function bucketsFrom(text: string | undefined): number[] | null {
  if (!text || !/^(\d{1,4}d)+$/.test(text)) return null;
  const ends = text.split("d").slice(0, -1).map(Number);
  return areBuckets(ends) ? ends : null;
}

/** Rising, above nothing, and not more than can be shown. */
export function areBuckets(ends: readonly number[]): boolean {
  return (
    ends.length >= FEWEST_BUCKETS &&
    ends.length <= MOST_BUCKETS &&
    ends.every((end, at) => end > (at === 0 ? 0 : (ends[at - 1] ?? 0)) && end <= MOST_DAYS)
  );
}

export const canAdd = (ends: readonly number[]): boolean => ends.length < MOST_BUCKETS;

/** One more end, as far from the last as the last is from the one before. */
export function withOneMore(ends: readonly number[]): number[] {
  const last = ends.at(-1) ?? 0;
  return [...ends, Math.min(last + (last - (ends.at(-2) ?? 0)), MOST_DAYS)];
}

/** First and last day of age of a column; column 0 is not due, the last has no end. */
export function ageRange(ends: readonly number[], column: number): { from: number; to?: number } {
  if (column === 0) return { from: 0, to: 0 };
  return { from: (ends[column - 2] ?? 0) + 1, to: ends[column - 1] };
}
