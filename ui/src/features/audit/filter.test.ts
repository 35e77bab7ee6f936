import { expect, test } from "vitest";
import { filterOf, isNarrowed, subjectOf } from "./filter";

test("a thing is named by kind and id, the school by its kind alone", () => {
  expect(subjectOf("invoice/12")).toEqual({ kind: "invoice", id: "12" });
  expect(subjectOf("school")).toEqual({ kind: "school", id: "" });
  expect(subjectOf(undefined)).toBeNull();
});

test("an open panel narrows nothing", () => {
  expect(isNarrowed({ open: "1" })).toBe(false);
  expect(isNarrowed({ kind: "user_set" })).toBe(true);
  expect(filterOf({ open: "1" })).toEqual({
    actor: null,
    kind: null,
    about: null,
    from: null,
    to: null,
  });
});
