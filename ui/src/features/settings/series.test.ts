import { expect, it } from "vitest";
import { shownPrefix } from "./series";

it("shows a prefix with the year of the day", () => {
  expect(shownPrefix("F{yy}-", "2026-11-21")).toBe("F26-");
  expect(shownPrefix("{year}/", "2026-11-21")).toBe("2026/");
  expect(shownPrefix("A-", "2026-11-21")).toBe("A-");
});
