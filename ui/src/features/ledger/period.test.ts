import { describe, expect, it } from "vitest";
import { askedPeriod, periodOf } from "./period";

describe("a period", () => {
  it("of last month in January lies in the year before", () => {
    expect(periodOf("last_month", "2026-01-15")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
  });

  it("of a month ends on its last day, in leap years too", () => {
    expect(periodOf("this_month", "2028-02-10").to).toBe("2028-02-29");
  });

  it("chosen by its days wins over one chosen by its name", () => {
    const asked = askedPeriod({ period: "last_year", from: "2026-03-01" }, "2026-11-21");
    expect(asked).toEqual({ from: "2026-03-01", to: null });
  });

  it("is this month where nothing was chosen", () => {
    expect(askedPeriod({}, "2026-11-21")).toEqual({ from: "2026-11-01", to: "2026-11-30" });
  });
});
