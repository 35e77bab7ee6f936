import { describe, expect, it } from "vitest";
import { countsFrom, draftOf, scheduleOf, withLevel } from "./schedule";

const settings = {
  steps: [
    { level: "first", days: 14, ways: ["sms", "email"] },
    { level: "final", days: 1, ways: [] },
  ],
  deadline_days: 14,
  with_fees: false,
  least: { amount: "0.00", currency: "NOK" },
  country: "NO",
  least_deadline_days: 14,
  fee: null,
  fee_wait_days: 14,
  with_interest: true,
  interest_from: "all",
  interest_today: "12",
  rates: [
    { from: "2026-07-01", rate: null, is_law: false },
    { from: "2026-01-01", rate: "12", is_law: true },
    { from: "2025-07-01", rate: "12.25", is_law: false },
  ],
};

describe("the schedule of reminders", () => {
  it("comes back as it was, its levels in their order", () => {
    const { steps, deadline_days, with_fees, with_interest } = settings;
    const own_rates = [{ from: "2025-07-01", rate: "12.25" }];
    const kept = { steps, deadline_days, with_fees, with_interest, own_rates };
    const same = { ...kept, least: "0.00" };
    expect(scheduleOf(draftOf(settings))).toEqual(same);
    const more = scheduleOf(withLevel(draftOf(settings), "second", true));
    expect(more.steps.map((step) => step.level)).toEqual(["first", "second", "final"]);
    expect(more.steps.map((step) => step.ways)).toEqual([["sms", "email"], ["email"], []]);
    const less = scheduleOf(withLevel(draftOf(settings), "first", false));
    expect(less.steps.map((step) => step.level)).toEqual(["final"]);
  });

  it("says what the days of a level are counted from", () => {
    const draft = withLevel(draftOf(settings), "upcoming", true);
    expect(countsFrom(draft, "upcoming")).toBe("days_before");
    expect(countsFrom(draft, "first")).toBe("days_after");
    expect(countsFrom(draft, "final")).toBe("days_after_deadline");
    expect(countsFrom(withLevel(draft, "first", false), "final")).toBe("days_after");
  });
});
