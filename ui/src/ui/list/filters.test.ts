import { expect, it } from "vitest";
import { addressFrom, addressText, isOn, readTexts, valueAt, without } from "./filters";

it("the same filter always is the same text", () => {
  const text = addressText({ b: "2", a: "1", c: undefined, open: "x" }, ["open"]);
  expect(text).toBe('{"a":"1","b":"2"}');
  expect(addressText(addressFrom(text))).toBe(text);
  expect(addressText({})).toBe("{}");
});

it("an address that cannot be read narrows nothing", () => {
  expect(addressFrom("no json")).toEqual({});
  expect(addressFrom("null")).toEqual({});
});

it("parts of an address that make no sense are left out", () => {
  const search = { from: "yesterday", to: "2026-12-01", low: "1e9", high: -5, name: 450, none: "" };
  expect(readTexts(search, "day", ["from", "to"])).toEqual({ to: "2026-12-01" });
  expect(readTexts(search, "amount", ["low", "high"])).toEqual({ high: "-5" });
  expect(readTexts(search, "text", ["name", "none"])).toEqual({ name: "450" });
});

it("a filter is on when either of its ends is set, and is taken away whole", () => {
  const days = { id: "d", name: "Due", look: "days", keys: ["from", "to"] } as const;
  expect(isOn(days, { to: "2026-12-01" })).toBe(true);
  expect(isOn(days, { other: "x" })).toBe(false);
  expect(without(days.keys)).toEqual({ from: undefined, to: undefined });
  expect(valueAt({ owing: true }, "owing")).toBe("true");
});
