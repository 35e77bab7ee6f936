import { describe, expect, it } from "vitest";
import { countsFrom, draftOf, scheduleOf, withLevel } from "./schedule";

const settings = {
  steps: [
    { level: "first", days: 14 },
    { level: "final", days: 1 },
  ],
  deadline_days: 14,
  with_fees: false,
  least: { amount: "0.00", currency: "NOK" },
  country: "NO",
  least_deadline_days: 14,
  fee: null,
  fee_wait_days: 14,
  with_interest: true,
  has_interest: true,
  interest_known_until: "2026-06-30",
  interest_rate: "12",
  later_rate: "11.5",
};

describe("the schedule of reminders", () => {
  it("comes back as it was, its levels in their order", () => {
    const { steps, deadline_days, with_fees, with_interest, later_rate } = settings;
    const kept = { steps, deadline_days, with_fees, with_interest, later_rate };
    const same = { ...kept, least: "0.00" };
    expect(scheduleOf(draftOf(settings))).toEqual(same);
    const more = scheduleOf(withLevel(draftOf(settings), "second", true));
    expect(more.steps.map((step) => step.level)).toEqual(["first", "second", "final"]);
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
