import { expect, it } from "vitest";
import { i18n } from "~/i18n";
import type { MappingRule } from "~/ipc/gen/MappingRule";
import type { RuleField } from "~/ipc/gen/RuleField";
import { conditionText, moved, settingText, type Words, withRule } from "./words";

const rule = (id: string): MappingRule => ({ id, name: id, on: true, when: [], set: [] });
const ids = (rules: readonly MappingRule[] | undefined) => rules?.map((it) => it.id);
const t = i18n.getFixedT("en", "bookingrules") as Words;

const fields: RuleField[] = [
  {
    of: "service",
    form: "choice",
    choices: [{ value: "1", label: "Driving lesson", code: "KT-B" }],
  },
  { of: "customer", form: "choice", choices: [{ value: "business", label: "", code: "" }] },
  {
    of: "tracking",
    form: "choice",
    choices: [{ value: "a/b", label: "Oslo", code: "a/b" }],
  },
];

it("a rule moves by one place and no further than the end", () => {
  const rules = [rule("a"), rule("b"), rule("c")];
  expect(ids(moved(rules, 1, -1))).toEqual(["b", "a", "c"]);
  expect(ids(moved(rules, 1, 1))).toEqual(["a", "c", "b"]);
  expect(moved(rules, 0, -1)).toBeUndefined();
  expect(moved(rules, 2, 1)).toBeUndefined();
});

it("a new rule is asked last, a changed one stays in its place", () => {
  const rules = [rule("a"), rule("b")];
  expect(ids(withRule(rules, null, rule("c")))).toEqual(["a", "b", "c"]);
  expect(ids(withRule(rules, 0, rule("d")))).toEqual(["d", "b"]);
});

it("conditions and settings are told by the names of the lists", () => {
  const is = (of: string, values: string[], from: string | null = null, to: string | null = null) =>
    conditionText(t, fields, { of, values, from, to });
  expect(is("service", ["1", "gone"])).toBe("Service is KT-B Driving lesson or gone");
  expect(is("customer", ["business"])).toBe("Customer is A company or agency");
  expect(is("text", ["motorway"])).toBe("Text of the line has “motorway”");
  expect(is("amount", [], "1000.50")).toBe("Total with VAT from 1000.50");
  expect(is("date", [], "2026-11-01", "2026-12-31")).toBe("Date from 01.11.2026 to 31.12.2026");
  expect(settingText(t, fields, { of: "tracking", value: "a/b" })).toBe(
    "Part of the business: Oslo",
  );
});
