import { addDays, daysBetween } from "~/domain/dates";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import type { LineInput } from "~/ipc/gen/LineInput";
import type { LineView } from "~/ipc/gen/LineView";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import type { Terms } from "~/ipc/gen/Terms";

export const emptyLine = (): LineInput => ({
  service_id: null,
  kind: "lesson",
  description: "",
  quantity: "1",
  unit_price: "",
  discount_percent: "0",
  tax_code: "",
  income_account: "",
});

/** The id is made here, once: saving or issuing twice does it once. */
export function emptyDraft(school: SchoolView, today: string, student?: string): DraftInput {
  return {
    id: crypto.randomUUID(),
    student_id: student ?? null,
    department_id: null,
    issue_date: today,
    delivery_date: null,
    due_date: addDays(today, school.terms_days),
    reference: "",
    note: "",
    lines: [emptyLine()],
    payers: [],
    discount: null,
    terms: null,
    scheduled_on: null,
    currency: null,
  };
}

/** Plain days after today are a due date that can be typed over; any other terms are followed. */
export const termsOfNew = (school: SchoolView, terms: Terms): Terms | null =>
  terms.from === "issue" && terms.days === school.terms_days ? null : terms;

const lineAgain = (line: LineView): LineInput => ({
  service_id: line.service_id,
  kind: line.kind,
  description: line.description,
  quantity: line.quantity,
  unit_price: line.unit_price,
  discount_percent: line.discount_percent,
  tax_code: line.tax_code,
  income_account: line.income_account,
});

/** A draft that says what an invoice said, dated today: to mend it, or to invoice the same again. */
export function draftFromInvoice(
  invoice: InvoiceView,
  school: SchoolView,
  today: string,
): DraftInput {
  return {
    ...emptyDraft(school, today, invoice.student_id),
    department_id: invoice.department_id,
    currency: invoice.exchange ? invoice.open.currency : null,
    reference: invoice.reference,
    note: invoice.note,
    discount: invoice.split ? null : invoice.discount,
    terms: invoice.terms,
    payers:
      invoice.payer && !invoice.split
        ? [{ payer_id: invoice.payer.id, part: "rest", value: "", reference: "" }]
        : [],
    lines: invoice.lines.map(lineAgain),
  };
}

/** A change of the draft; the due date keeps its distance when the issue date moves. */
export function changed(draft: DraftInput, change: Partial<DraftInput>): DraftInput {
  const next = { ...draft, ...change };
  if (change.issue_date === undefined || change.due_date !== undefined) return next;
  const terms = daysBetween(draft.issue_date, draft.due_date);
  return { ...next, due_date: addDays(change.issue_date, terms) };
}

/** A line takes over what the price list says; quantity and discount stay as typed. */
export function lineOf(service: ServiceRow, old: LineInput): LineInput {
  return {
    ...old,
    service_id: service.id,
    kind: service.kind,
    description: service.name,
    unit_price: service.unit_price,
    tax_code: service.tax_code,
    income_account: service.income_account,
  };
}

export const isBlank = (line: LineInput): boolean =>
  line.description.trim() === "" && line.unit_price === "" && line.service_id === null;

/** Where the lines that are sent stand in the sheet: those that nobody touched are no lines. */
export const placesOf = (lines: readonly LineInput[]): number[] =>
  lines.flatMap((line, place) => (isBlank(line) ? [] : [place]));

/** The name of a cell of the sheet, so that a check can lead there. */
export const cellName = (place: number, field: string): string => `lines.${place}.${field}`;

/** What is sent: lines that nobody touched are no lines. */
export const requestOf = (draft: DraftInput): DraftInput => ({
  ...draft,
  lines: draft.lines.filter((line) => !isBlank(line)),
});

export function moved(lines: readonly LineInput[], from: number, by: number): LineInput[] {
  const to = from + by;
  const line = lines[from];
  if (line === undefined || to < 0 || to >= lines.length) return [...lines];
  const rest = lines.filter((_, place) => place !== from);
  return [...rest.slice(0, to), line, ...rest.slice(to)];
}
