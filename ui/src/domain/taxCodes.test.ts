import { expect, it } from "vitest";
import { codesOn, inForce, lastDay } from "./taxCodes";

const rate = (valid_from: string, percent: string, code = "33") => ({
  code,
  valid_from,
  name: `${percent} %`,
});
const codes = [
  rate("2018-01-01", "12"),
  rate("2021-10-01", "12"),
  rate("2020-04-01", "6"),
  rate("2030-01-01", "9", "34"),
];
const on = (day: string) =>
  codes.filter((one) => inForce(codes, one, day)).map(({ name, valid_from }) => [name, valid_from]);

it("knows the rate that holds on a day, and none that has yet to begin", () => {
  expect(on("2020-06-01")).toEqual([["6 %", "2020-04-01"]]);
  expect(on("2026-11-21")).toEqual([["12 %", "2021-10-01"]]);
  expect(on("2017-06-01")).toEqual([]);
});

it("ends a rate the day before the next one of its code begins", () => {
  expect(codes.map((one) => lastDay(codes, one))).toEqual([
    "2020-03-31",
    undefined,
    "2021-09-30",
    undefined,
  ]);
});

it("offers each code once, by the name of the day and not of one to come", () => {
  const names = (day: string) => codesOn(codes, day).map(({ name }) => name);
  expect(names("2020-06-01")).toEqual(["6 %", "9 %"]);
  expect(names("2031-01-01")).toEqual(["12 %", "9 %"]);
});
