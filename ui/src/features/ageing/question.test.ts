import { describe, expect, it } from "vitest";
import { areBuckets, bucketsFrom, bucketsText, readSearch, withOneMore } from "./question";

describe("buckets", () => {
  it("rise from above nothing", () => {
    expect(areBuckets([30, 60, 90])).toBe(true);
    expect(areBuckets([30, 30])).toBe(false);
    expect(areBuckets([0, 30])).toBe(false);
    expect(areBuckets([30])).toBe(false);
    expect(areBuckets([1, 2, 3, 4, 5, 6, 7])).toBe(false);
  });
  it("survive the address, and nonsense does not", () => {
    expect(bucketsFrom(bucketsText([14, 45]))).toEqual([14, 45]);
    expect(bucketsFrom("60d30d")).toBeNull();
    expect(readSearch({ buckets: "soon", by: "moon", as_of: "now", group: 1 })).toEqual({});
  });
  it("grow by the step of the last one", () => {
    expect(withOneMore([30, 60])).toEqual([30, 60, 90]);
    expect(withOneMore([14])).toEqual([14, 28]);
  });
});
