import { describe, expect, it } from "vitest";
import { PERIOD_NAMES, periodName, periodOf, periodShort } from "./periods";

describe("a named period", () => {
  it.each([
    ["today", "2026-03-10", "2026-03-10"],
    ["this_week", "2026-03-09", "2026-03-15"],
    ["this_month", "2026-03-01", "2026-03-31"],
    ["last_month", "2026-02-01", "2026-02-28"],
    ["this_quarter", "2026-01-01", "2026-03-31"],
    ["last_quarter", "2025-10-01", "2025-12-31"],
    ["this_year", "2026-01-01", "2026-12-31"],
    ["last_year", "2025-01-01", "2025-12-31"],
    ["last_12_months", "2025-04-01", "2026-03-31"],
  ] as const)("%s lasts from %s to %s", (name, from, to) => {
    expect(periodOf(name, "2026-03-10")).toEqual({ from, to });
  });
  it("begins before it ends on every day of a year", () => {
    for (const day of ["2024-02-29", "2026-01-01", "2026-12-31", "2026-03-29", "2026-10-25"])
      for (const name of PERIOD_NAMES) {
        const { from, to } = periodOf(name, day);
        expect(from <= to).toBe(true);
      }
  });
});

describe("a part of a period", () => {
  it("is a month where it is a whole one", () => {
    const march = { from: "2026-03-01", to: "2026-03-31" };
    expect(periodName(march, "en")).toBe("March 2026");
    expect(periodName(march, "nb")).toBe("Mars 2026");
    expect(periodShort(march, "en")).toBe("Mar");
    expect(periodShort({ from: "2026-01-01", to: "2026-01-31" }, "en")).toBe("Jan 2026");
  });
  it("is several months or a year where it is whole ones", () => {
    expect(periodName({ from: "2026-01-01", to: "2026-02-28" }, "en")).toBe("Jan – Feb 2026");
    expect(periodName({ from: "2026-01-01", to: "2026-12-31" }, "nb")).toBe("2026");
  });
  it("is its days otherwise", () => {
    expect(periodName({ from: "2026-03-02", to: "2026-03-02" }, "en")).toBe("2\u00a0Mar\u00a02026");
    expect(periodShort({ from: "2026-03-02", to: "2026-03-08" }, "en")).toBe("2\u00a0Mar");
  });
});
