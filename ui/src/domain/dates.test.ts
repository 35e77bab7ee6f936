import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, formatDate, formatInstant, parseDateInput } from "./dates";

const TODAY = "2026-11-21";

describe("parseDateInput", () => {
  it.each([
    ["t", "2026-11-21"],
    ["+14", "2026-12-05"],
    ["-3", "2026-11-18"],
    ["\u22123", "2026-11-18"],
    ["15", "2026-11-15"],
    ["15-2", "2026-02-15"],
    ["15.2.27", "2027-02-15"],
    ["15/2/2027", "2027-02-15"],
    ["2027-02-15", "2027-02-15"],
    ["4 Dec 2026", "2026-12-04"],
    ["4. des. 2026", "2026-12-04"],
    ["6 november", "2026-11-06"],
    ["29.2.2028", "2028-02-29"],
    ["3112", "2026-12-31"],
    ["311227", "2027-12-31"],
    ["31122027", "2027-12-31"],
    ["+2w", "2026-12-05"],
    ["+2u", "2026-12-05"],
    ["-1m", "2026-10-21"],
    ["+1y", "2027-11-21"],
    ["+1\u00e5", "2027-11-21"],
    // The day of these tests is a Saturday.
    ["mon", "2026-11-23"],
    ["Mandag", "2026-11-23"],
    ["-mon", "2026-11-16"],
    ["sat", "2026-11-21"],
    ["-l\u00f8r", "2026-11-14"],
    ["to", "2026-11-26"],
  ])("reads %s as %s", (text, date) => expect(parseDateInput(text, TODAY)).toBe(date));

  it.each([
    "",
    "x",
    "32",
    "31-2",
    "29.2.2027",
    "0",
    "2027-13-01",
    "15-2-202",
    "4 xyz",
    "3113",
    "+9999y",
    "m",
  ])("refuses %s", (text) => expect(parseDateInput(text, TODAY)).toBeNull());

  const days = fc.integer({ min: -20000, max: 20000 }).map((n) => addDays(TODAY, n));

  it("reads back every day it writes, in both languages", () => {
    fc.assert(
      fc.property(days, fc.constantFrom("en", "nb"), (day, language) => {
        const as = (style: "long" | "document" | "row") =>
          parseDateInput(formatDate(day, style, language as "en" | "nb", TODAY), TODAY);
        expect([as("long"), as("document"), as("row")]).toEqual([day, day, day]);
      }),
    );
  });

  it("counts days forth and back alike", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -999, max: 999 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseDateInput(text, TODAY)));
  });
});

describe("formatDate", () => {
  it("leaves the year out this year and pads the day in a row", () => {
    expect(formatDate("2026-11-06", "row", "en", TODAY)).toBe("\u20076\u00a0Nov");
    expect(formatDate("2025-12-16", "row", "nb", TODAY)).toBe("16.\u00a0des\u00a02025");
  });
  it("writes documents with digits only", () =>
    expect(formatDate("2026-11-06", "document", "nb", TODAY)).toBe("06.11.2026"));
  it("writes the time of today and the day of before", () => {
    const now = new Date(2026, 10, 21, 12, 0);
    expect(formatInstant(new Date(2026, 10, 21, 8, 5).toISOString(), "en", now)).toBe("08:05");
    expect(formatInstant(new Date(2026, 10, 6, 19, 12).toISOString(), "en", now)).toBe(
      "6\u00a0Nov 19:12",
    );
  });
});
