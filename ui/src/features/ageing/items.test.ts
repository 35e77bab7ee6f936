import { describe, expect, it } from "vitest";
import { cellSearch, itemsPath, readItemsSearch } from "./items";

const asked = { as_of: "2026-11-20", by: "due" as const, ends: [30, 60, 90] };

describe("a cell of the ageing", () => {
  it("is named by its column, its day and whose it is", () => {
    expect(cellSearch(asked, { column: 2, student: "s" })).toEqual({
      as_of: "2026-11-20",
      by: undefined,
      buckets: "30d60d90d",
      column: 2,
      student: "s",
    });
    expect(cellSearch({ ...asked, by: "issue" }, { credit: true }).by).toBe("issue");
  });
  it("is a path without what is not asked", () => {
    expect(itemsPath(cellSearch(asked, { credit: true, payer: "a b" }))).toBe(
      "/ageing/items?as_of=2026-11-20&buckets=30d60d90d&credit=true&payer=a%20b",
    );
  });
  it("survives the address, and nonsense does not", () => {
    const cell = cellSearch(asked, { column: 0, department: "d" });
    expect(readItemsSearch({ ...cell })).toMatchObject({ column: 0, department: "d" });
    expect(readItemsSearch({ column: -1, credit: "yes", student: 3 })).toEqual(readItemsSearch({}));
  });
});
