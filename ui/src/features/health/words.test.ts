import { beforeAll, expect, test } from "vitest";
import { i18n, startI18n } from "~/i18n";
import { percent, took } from "./words";

beforeAll(() => {
  startI18n("en");
});

test("a time is told in the largest unit that it fills, and never shorter than it was", () => {
  const t = i18n.getFixedT("en", "health");
  expect([1, 119, 120, 121, 7199, 7200, 172_800].map((s) => took(t, s))).toEqual([
    "1 s",
    "119 s",
    "2 min",
    "3 min",
    "120 min",
    "2 h",
    "2 days",
  ]);
});

test("thousandths are a percentage with at most one decimal", () => {
  expect([1000, 999, 995, 0].map(percent)).toEqual(["100 %", "99,9 %", "99,5 %", "0 %"]);
});
