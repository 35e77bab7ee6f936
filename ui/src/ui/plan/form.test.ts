import { expect, test } from "vitest";
import { asTyped, isFree, monthAfter, type PlanForm, wishOf } from "./form";

const form: PlanForm = {
  invoices: ["a"],
  way: "even",
  count: "3",
  firstDue: "2026-05-01",
  rhythm: "monthly",
  remainder: "last",
  typed: [{ due_date: null, amount: "10" }],
  grace: "7",
  note: "",
};
const about = { id: "p", student_id: "s", replaces: null };

test("equal parts send a split and no typed rows", () => {
  const wish = wishOf(form, about);
  expect(wish.split).toEqual({
    count: 3,
    first_due: "2026-05-01",
    rhythm: "monthly",
    remainder: "last",
  });
  expect(wish.instalments).toEqual([]);
});

test("typed rows send what stands in them, also what is not filled in yet", () => {
  const wish = wishOf({ ...form, way: "typed", grace: "many" }, about);
  expect(wish.split).toBeNull();
  expect(wish.instalments).toEqual([{ due_date: "", amount: "10" }]);
  expect(wish.grace_days).toBe(0);
});

test("an invoice of another plan is not free, one of the plan that is changed is", () => {
  const item = { plan_id: "old" } as Parameters<typeof isFree>[0];
  expect(isFree(item, null)).toBe(false);
  expect(isFree(item, "old")).toBe(true);
});

test("the day a month later keeps to the end of a shorter month", () => {
  expect(monthAfter("2026-01-31")).toBe("2026-02-28");
  expect(monthAfter("2026-12-10")).toBe("2027-01-10");
});

test("equal parts can be changed by hand", () => {
  expect(asTyped([{ due_date: "2026-05-01", amount: "1.00" }])).toEqual([
    { due_date: "2026-05-01", amount: "1.00" },
  ]);
});
