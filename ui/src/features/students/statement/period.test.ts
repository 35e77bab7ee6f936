import { describe, expect, it } from "vitest";
import { periodOf, presetOf, presetSearch, readStatementSearch } from "./period";

const TODAY = "2026-03-10";

describe("the period of a statement", () => {
  it("is this year until something else is asked for", () => {
    expect(periodOf({}, TODAY)).toEqual({ from: "2026-01-01", to: TODAY });
    expect(periodOf({ to: "2025-06-30" }, TODAY)).toEqual({ from: "2025-01-01", to: "2025-06-30" });
    expect(periodOf({ from: "all" }, TODAY)).toEqual({ from: null, to: TODAY });
  });
  it("knows its name", () => {
    expect(periodOf(presetSearch("last_month", TODAY), TODAY)).toEqual({
      from: "2026-02-01",
      to: "2026-02-28",
    });
    expect(presetOf({ from: "2025-01-01", to: "2025-12-31" }, TODAY)).toBe("last_year");
    expect(presetOf({ from: null, to: TODAY }, TODAY)).toBe("all");
    expect(presetOf({ from: "2026-01-02", to: TODAY }, TODAY)).toBeUndefined();
  });
  it("leaves nonsense out of the address", () => {
    expect(readStatementSearch({ from: "soon", to: 3, style: "moon" })).toEqual({});
    expect(readStatementSearch({ from: "all", style: "open" })).toEqual({
      from: "all",
      to: undefined,
      style: "open",
    });
  });
});
