import { describe, expect, it } from "vitest";
import { areBuckets, bucketsFrom, bucketsText, drill, readSearch, withOneMore } from "./question";

describe("buckets", () => {
  it("rise from above nothing", () => {
    expect(areBuckets([30, 60, 90])).toBe(true);
    expect(areBuckets([30, 30])).toBe(false);
    expect(areBuckets([0, 30])).toBe(false);
    expect(areBuckets([])).toBe(false);
    expect(areBuckets([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe(false);
  });
  it("survive the address, and nonsense does not", () => {
    expect(bucketsFrom(bucketsText([14, 45]))).toEqual([14, 45]);
    expect(bucketsFrom("60d30d")).toBeNull();
    expect(readSearch({ buckets: "soon", by: "moon", as_of: "now" })).toEqual({});
  });
  it("grow by the step of the last one", () => {
    expect(withOneMore([30, 60])).toEqual([30, 60, 90]);
    expect(withOneMore([14])).toEqual([14, 28]);
  });
});

describe("a cell leads to the invoices it is made of", () => {
  const on = { as_of: "2026-11-20", by: "due" as const, ends: [30, 60, 90] };
  it("between its first and last day of age", () => {
    expect(drill(on, 2, "s")).toEqual({
      view: "open",
      student: "s",
      due_from: "2026-09-21",
      due_to: "2026-10-20",
    });
  });
  it("from the day on for what is not due", () => {
    expect(drill(on, 0)).toEqual({ view: "open", due_from: "2026-11-20" });
  });
  it("without a beginning for the oldest", () => {
    expect(drill(on, 4)).toEqual({ view: "open", due_to: "2026-08-21" });
  });
  it("by the day of issue when the report counts from there", () => {
    expect(drill({ ...on, by: "issue" }, 1)).toEqual({
      view: "open",
      issued_from: "2026-10-21",
      issued_to: "2026-11-19",
    });
  });
  it("or to all of a student", () => {
    expect(drill(on, null, "s")).toEqual({ view: "open", student: "s" });
  });
});
