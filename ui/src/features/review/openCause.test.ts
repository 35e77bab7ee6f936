import { expect, it } from "vitest";
import { successorOf } from "./openCause";

it("the next one follows what is gone, and the one before it where it was the last", () => {
  const before = ["a", "b", "c", "d"];
  expect(successorOf(before, "b", ["a", "c", "d"])).toBe("c");
  expect(successorOf(before, "b", ["a", "d"])).toBe("d");
  expect(successorOf(before, "d", ["a", "b", "c"])).toBe("c");
  expect(successorOf(before, "b", ["a"])).toBe("a");
});

it("nothing follows what was never in the list, and nothing is left of an empty one", () => {
  expect(successorOf(["a"], "b", ["a"])).toBeUndefined();
  expect(successorOf(["a"], undefined, ["a"])).toBeUndefined();
  expect(successorOf(["a", "b"], "a", [])).toBeUndefined();
});
