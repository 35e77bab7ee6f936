import { describe, expect, it } from "vitest";
import { given, lacking } from "./columns";

const CHOICES = [
  { field: "date", group: "date" },
  { field: "number", group: "student" },
  { field: "name", group: "student" },
  { field: "total", group: "" },
];

describe("the columns of a file", () => {
  it("give each meaning to one column only", () => {
    expect(given(["date", null, "name"], 1, "name")).toEqual(["date", "name", null]);
    expect(given(["date", "name"], 0, null)).toEqual([null, "name"]);
  });
  it("lack a group of which no field is there", () => {
    expect(lacking(CHOICES, ["date", "name"])).toEqual([]);
    expect(lacking(CHOICES, ["total"]).map((group) => group.map((c) => c.field))).toEqual([
      ["date"],
      ["number", "name"],
    ]);
  });
});
