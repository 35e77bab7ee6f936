import { describe, expect, it } from "vitest";
import { daysOf, everyOf, readReport, readSales } from "./search";

const TODAY = "2026-03-10";

describe("the address of a report", () => {
  it("says nothing of what it does not know", () => {
    expect(readReport({ report: "profit", period: "soon", by: "moon", from: "now" })).toEqual({});
  });
  it("begins each report with days of its own", () => {
    expect(daysOf({}, TODAY).name).toBe("this_year");
    expect(daysOf({ report: "takings" }, TODAY)).toEqual({ from: TODAY, to: TODAY, name: "today" });
  });
  it("prefers days that were typed, unless they end before they begin", () => {
    const typed = { from: "2026-01-05", to: "2026-01-09" };
    expect(daysOf({ ...typed, period: "today" }, TODAY)).toEqual(typed);
    expect(daysOf({ from: "2026-01-09", to: "2026-01-05" }, TODAY).name).toBe("this_year");
  });
  it("takes parts only as long as the report knows them", () => {
    expect(everyOf({ report: "debt", every: "two_months" })).toBe("month");
    expect(everyOf({ report: "vat", every: "two_months" })).toBe("two_months");
    expect(everyOf({ by: "service" })).toBe("service");
  });
  it("keeps codes that look like numbers as text", () => {
    expect(readSales({ from: "2026-01-01", to: "2026-01-31", code: 3, rate: 25 })).toMatchObject({
      code: "3",
      rate: "25",
    });
  });
});
