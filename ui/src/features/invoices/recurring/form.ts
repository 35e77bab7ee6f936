import { parseDate } from "@internationalized/date";
import { daysBetween } from "~/domain/dates";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import type { Terms } from "~/ipc/gen/Terms";
import { emptyLine, isBlank } from "../editor/draft";

/** The day of the month that stands for its last, however long it is. */
export const LAST_DAY = 31;

const dayOf = (date: string): number => parseDate(date).day;

/** The day of the month a date stands for: the last of a month stands for the last of every one. */
export function monthDayOf(date: string): number {
  const { day, calendar } = parseDate(date);
  return day === calendar.getDaysInMonth(parseDate(date)) ? LAST_DAY : day;
}

/** A month after a day, on its day or the last of the month. */
export const monthAfter = (date: string): string => parseDate(date).add({ months: 1 }).toString();

/** A template that bills nothing yet; it begins today. */
export function emptyTemplate(today: string, terms: Terms): SaveRecurring {
  return {
    id: crypto.randomUUID(),
    name: "",
    department_id: null,
    student_ids: [],
    currency: null,
    lines: [emptyLine()],
    payers: null,
    discount: null,
    reference: "",
    note: "",
    rhythm: "monthly",
    every: 1,
    day: dayOf(today),
    from: today,
    until: null,
    count: null,
    terms,
    issue: false,
  };
}

const termsOf = (draft: DraftInput): Terms =>
  draft.terms ?? {
    from: "issue",
    days: Math.max(0, daysBetween(draft.issue_date, draft.due_date)),
  };

/** A template of what a document says: the document was the first, and a month later comes the next. */
export function templateOf(draft: DraftInput, today: string): SaveRecurring {
  const next = monthAfter(draft.issue_date);
  const from = next < today ? today : next;
  return {
    ...emptyTemplate(today, termsOf(draft)),
    name: draft.lines.find((line) => line.description.trim() !== "")?.description ?? "",
    department_id: draft.department_id,
    student_ids: draft.student_id ? [draft.student_id] : [],
    currency: draft.currency ?? null,
    lines: draft.lines.length > 0 ? draft.lines : [emptyLine()],
    payers: draft.payers.length > 0 ? draft.payers : null,
    discount: draft.discount,
    reference: draft.reference,
    note: draft.note,
    from,
    day: next < today ? dayOf(today) : monthDayOf(draft.issue_date),
  };
}

/** What is sent: lines that nobody touched are no lines. */
export const requestOf = (form: SaveRecurring): SaveRecurring => ({
  ...form,
  lines: form.lines.filter((line) => !isBlank(line)),
});

/** One of its invoices, to be priced while it is typed. */
export const draftOf = (form: SaveRecurring, today: string): DraftInput => ({
  id: form.id,
  student_id: form.student_ids[0] ?? null,
  department_id: form.department_id,
  issue_date: today,
  delivery_date: null,
  due_date: today,
  reference: form.reference,
  note: form.note,
  lines: requestOf(form).lines,
  payers: form.payers ?? [],
  discount: form.discount,
  terms: form.terms,
  scheduled_on: null,
  currency: form.currency ?? null,
});

export type Ending = "never" | "until" | "count";

export const endingOf = (form: SaveRecurring): Ending =>
  form.until !== null ? "until" : form.count !== null ? "count" : "never";

/** A change of the first date; the day of the month goes with it. */
export function beganOn(form: SaveRecurring, from: string): Partial<SaveRecurring> {
  const day = form.day === LAST_DAY ? monthDayOf(from) : dayOf(from);
  return { from, day };
}

/** The days of the month that can be chosen: that of the first date, what is set, and the last. */
export const monthDays = (form: SaveRecurring): number[] =>
  [...new Set([dayOf(form.from), form.day, LAST_DAY])].sort((a, b) => a - b);
