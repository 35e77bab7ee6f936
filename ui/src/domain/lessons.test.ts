import { expect, it } from "vitest";
import { lessonsText, movedText } from "~/domain/lessons";

it("writes counts as people do and keeps every digit", () => {
  expect(["10", "7.5", "0.25", "-2"].map(lessonsText)).toEqual(["10", "7,5", "0,25", "\u22122"]);
});

it("shows which way something moved", () => {
  expect(["10", "-1", "0"].map(movedText)).toEqual(["+10", "\u22121", "0"]);
});
