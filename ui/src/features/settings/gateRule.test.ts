import { describe, expect, it } from "vitest";
import { draftOfRule, endsOf, ruleOf } from "./gateRule";

const money = (amount: string) => ({ amount, currency: "NOK" });
const rule = {
  valid_from: null,
  watch: { overdue: money("0.00"), days_overdue: null, balance: null, test_lead_days: 14 },
  blocked: { overdue: null, days_overdue: 30, balance: money("5000.00"), test_lead_days: 3 },
  least: null,
};

describe("a rule of the debt gate", () => {
  it("is sent as it stands where nothing is changed", () => {
    expect(ruleOf(draftOfRule(rule, "2026-11-20"))).toEqual({
      valid_from: "2026-11-20",
      watch: { overdue: "0.00", days_overdue: null, balance: null, test_lead_days: 14 },
      blocked: { overdue: null, days_overdue: 30, balance: "5000.00", test_lead_days: 3 },
      least: null,
    });
  });
  it("has no limit where nothing is typed, and 0 days is a limit", () => {
    const draft = draftOfRule(rule, "2026-11-20");
    const emptied = { ...draft, blocked: { ...draft.blocked, balance: "", days: "0", lead: "" } };
    expect(ruleOf(emptied).blocked).toEqual({
      overdue: null,
      days_overdue: 0,
      balance: null,
      test_lead_days: null,
    });
  });
  it("leaves what is no number of days to the backend to refuse", () => {
    expect(endsOf(["14", null, "x"])).toEqual([14, 0, 0]);
  });
});
