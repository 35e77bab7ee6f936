/* The days that are compared: one, a week from Monday, or a month of the calendar. Days only. */
import { addDays, type IsoDate } from "~/domain/dates";

export const SPANS = ["day", "week", "month"] as const;
export type SpanName = (typeof SPANS)[number];

export const isSpanName = (value: unknown): value is SpanName =>
  SPANS.some((span) => span === value);

export interface Span {
  from: IsoDate;
  to: IsoDate;
}

const two = (n: number) => String(n).padStart(2, "0");

function parts(day: IsoDate): [year: number, month: number] {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return [year, month];
}

/** The span of a kind that a day lies in. */
export function spanOf(name: SpanName, day: IsoDate): Span {
  if (name === "day") return { from: day, to: day };
  if (name === "week") {
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
    const from = addDays(day, -weekday);
    return { from, to: addDays(from, 6) };
  }
  const [year, month] = parts(day);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { from: `${year}-${two(month)}-01`, to: `${year}-${two(month)}-${two(last)}` };
}

/** A day of the span before (-1) or after (1). */
export function stepped(name: SpanName, day: IsoDate, by: 1 | -1): IsoDate {
  const { from, to } = spanOf(name, day);
  return by === 1 ? addDays(to, 1) : addDays(from, -1);
}
