import { expect, test } from "vitest";
import { spanOf, stepped } from "./span";

test("a week runs from Monday to Sunday", () => {
  expect(spanOf("week", "2026-11-22")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
  expect(spanOf("week", "2026-11-16")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
});

test("a month knows its last day", () => {
  expect(spanOf("month", "2028-02-10")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
});

test("a step leads into the next span, also over the year's end", () => {
  expect(spanOf("month", stepped("month", "2026-12-05", 1)).from).toBe("2027-01-01");
  expect(stepped("week", "2026-11-18", -1)).toBe("2026-11-15");
  expect(stepped("day", "2026-03-01", -1)).toBe("2026-02-28");
});
