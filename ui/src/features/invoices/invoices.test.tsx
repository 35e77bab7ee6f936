import { expect, it } from "vitest";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import { asShown, targetOf } from "./editor/checkTarget";
import {
  changed,
  draftFromInvoice,
  emptyDraft,
  emptyLine,
  isBlank,
  moved,
  requestOf,
} from "./editor/draft";
import { filterOf, readListSearch, sortOf, sortText } from "./list/filter";
import { formatDecimal } from "./page/decimal";
import { documentPath, paymentPath } from "./paths";

const school = { terms_days: 14 } as SchoolView;
const draft = () => emptyDraft(school, "2026-11-20", "s1");

it("an address that makes no sense narrows nothing", () => {
  const read = readListSearch({
    view: "nonsense",
    q: 450,
    issued_from: "yesterday",
    due_to: "2026-12-01",
    amount_from: "1e9",
  });
  expect(read).toEqual({ q: "450", due_to: "2026-12-01" });
  expect(filterOf(read)).toMatchObject({ view: "all", query: "450", issued_from: null });
});

it("the newest stand first until a head is pressed", () => {
  expect(sortOf({})).toEqual({ column: "issue_date", direction: "descending" });
  expect(sortText(sortOf({ sort: "open" }))).toBe("open");
  expect(sortText(sortOf({ sort: "-open" }))).toBe("-open");
});

it("the due date keeps its distance when the issue date moves", () => {
  const later = changed(draft(), { issue_date: "2026-12-01" });
  expect(later.due_date).toBe("2026-12-15");
  const set = changed(draft(), { issue_date: "2026-12-01", due_date: "2026-12-02" });
  expect(set.due_date).toBe("2026-12-02");
});

it("lines that nobody touched are not sent", () => {
  const line = { ...emptyLine(), description: "Lesson" };
  expect(isBlank(emptyLine())).toBe(true);
  expect(requestOf({ ...draft(), lines: [emptyLine(), line] }).lines).toEqual([line]);
});

it("a line moves by one place and never out of the sheet", () => {
  const lines = ["a", "b"].map((description) => ({ ...emptyLine(), description }));
  const order = (from: number, by: number) =>
    moved(lines, from, by).map((line) => line.description);
  expect(order(0, 1)).toEqual(["b", "a"]);
  expect(order(0, -1)).toEqual(["a", "b"]);
  expect(order(1, 1)).toEqual(["a", "b"]);
});

it("a decimal is written as amounts are, to its last digit", () => {
  expect(formatDecimal("1234567.5", 2)).toBe("1\u00a0234\u00a0567,50");
  expect(formatDecimal("-0.125")).toBe("\u22120,125");
  expect(formatDecimal("2.000")).toBe("2");
});

it("every document has its own address", () => {
  expect(documentPath("draft", "1")).toBe("/invoices/drafts/1");
  expect(documentPath("credit_note", "1")).toBe("/invoices/credit-notes/1");
  expect(documentPath("invoice", "1")).toBe("/invoices/1");
  expect(paymentPath("s", "i")).toBe("/payments/new?student=s&invoice=i");
});

it("a draft made of an invoice says the same lines, and is dated today", () => {
  const line = { ...emptyLine(), description: "Lesson", unit_price: "790.00", tax_code: "3" };
  const invoice = {
    id: "i1",
    student_id: "s1",
    department_id: "d1",
    issue_date: "2026-01-02",
    delivery_date: "2026-01-01",
    due_date: "2026-01-16",
    reference: "PO 7",
    note: "Thanks",
    lines: [{ ...line, gross: { amount: "790.00", currency: "NOK" } }],
  } as unknown as InvoiceView;
  const again = draftFromInvoice(invoice, school, "2026-11-20");
  expect(again).toMatchObject({
    student_id: "s1",
    department_id: "d1",
    issue_date: "2026-11-20",
    delivery_date: null,
    due_date: "2026-12-04",
    reference: "PO 7",
    note: "Thanks",
  });
  expect(again.lines).toEqual([line]);
  expect(again.id).not.toBe("i1");
});

it("a check leads to the field it is about, past lines that nobody touched", () => {
  const check = (over: Partial<IssueCheck>): IssueCheck => ({
    check: "lines",
    outcome: "error",
    code: "line_price",
    params: { line: "2" },
    line: null,
    field: null,
    ...over,
  });
  const line = { ...emptyLine(), description: "Lesson" };
  const lines = [line, emptyLine(), line];
  const price = check({ line: 1, field: "unit_price" });
  expect(targetOf(price, lines)).toEqual({ field: "lines.2.unit_price" });
  expect(asShown(price, lines).params.line).toBe("3");
  expect(targetOf(check({ line: 0, field: "kind" }), lines)).toEqual({
    field: "lines.0.description",
  });
  expect(targetOf(check({ field: "lines" }), [emptyLine()])).toEqual({
    field: "lines.0.description",
  });
  expect(targetOf(check({ field: "student_id" }), lines)).toEqual({ field: "student_id" });
  expect(targetOf(check({ field: "seller" }), lines)).toEqual({ page: "/settings?tab=school" });
  expect(targetOf(check({ outcome: "ok", field: "lines" }), lines)).toBeUndefined();
});
