import { expect, test } from "vitest";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import { beganOn, draftOf, emptyTemplate, monthAfter, monthDays, templateOf } from "./form";

const terms = { from: "issue", days: 14 };

const draft: DraftInput = {
  id: "d",
  student_id: "s",
  department_id: null,
  issue_date: "2026-01-31",
  delivery_date: null,
  due_date: "2026-02-14",
  reference: "",
  note: "",
  lines: [],
  payers: [],
  discount: null,
  terms: null,
  scheduled_on: null,
};

test("what repeats an invoice of the last of a month keeps to the last", () => {
  const template = templateOf(draft, "2026-01-31");
  expect([template.from, template.day]).toEqual(["2026-02-28", 31]);
  expect(template.terms).toEqual({ from: "issue", days: 14 });
});

test("what repeats an invoice in another currency stays in it", () => {
  const template = templateOf({ ...draft, currency: "EUR" }, "2026-01-31");
  expect(template.currency).toBe("EUR");
  expect(draftOf(template, "2026-01-31").currency).toBe("EUR");
});

test("what repeats an old invoice begins today", () => {
  const template = templateOf(draft, "2026-06-10");
  expect([template.from, template.day]).toEqual(["2026-06-10", 10]);
});

test("a month after the last of January is the last of February", () => {
  expect(monthAfter("2028-01-31")).toBe("2028-02-29");
});

test("the day of the month goes with the first date, and the last stays the last", () => {
  const form = emptyTemplate("2026-03-10", terms);
  expect(beganOn(form, "2026-03-20")).toEqual({ from: "2026-03-20", day: 20 });
  expect(beganOn({ ...form, day: 31 }, "2026-04-30")).toEqual({ from: "2026-04-30", day: 31 });
  expect(beganOn({ ...form, day: 31 }, "2026-04-12")).toEqual({ from: "2026-04-12", day: 12 });
});

test("the last day of the month can always be chosen", () => {
  expect(monthDays(emptyTemplate("2026-03-10", terms))).toEqual([10, 31]);
  expect(monthDays(emptyTemplate("2026-03-31", terms))).toEqual([31]);
});
