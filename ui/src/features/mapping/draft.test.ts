import { expect, it } from "vitest";
import type { MappingRow } from "~/ipc/gen/MappingRow";
import {
  choose,
  codeOf,
  fitting,
  isInherited,
  isOpen,
  NO_CHANGES,
  released,
  search,
  suggested,
} from "./draft";

const row = (over: Partial<MappingRow> = {}): MappingRow => ({
  kind: "service",
  local_key: "KT-B",
  label: "Kjøretime",
  code: "KT-B",
  detail: "",
  remote_code: null,
  remote_name: null,
  is_inherited: false,
  school_code: null,
  school_name: null,
  state: "missing",
  rule: null,
  suggestion: { remote_code: "3000", remote_name: "Kjøring", because: "same_name", is_sure: true },
  waiting: 4,
  ...over,
});
const account = (code: string, name: string, fits = ["service"]) => ({
  code,
  name,
  detail: "income",
  fits,
});

it("choosing what is saved already leaves nothing to save", () => {
  const mapped = row({ remote_code: "3000", state: "mapped" });
  const changed = choose(NO_CHANGES, mapped, "3010");
  expect(codeOf(changed, mapped)).toBe("3010");
  expect(choose(changed, mapped, "3000").size).toBe(0);
});

it("choosing the same code for a vanished account is a change", () => {
  const gone = row({ remote_code: "3040", state: "gone" });
  expect(isOpen(NO_CHANGES, gone)).toBe(true);
  expect(choose(NO_CHANGES, gone, "3040").size).toBe(1);
});

it("a filled gap is no longer suggested and releases what waits for it", () => {
  const gap = row();
  const draft = choose(NO_CHANGES, gap, "3000", true);
  expect(suggested(NO_CHANGES, [gap])).toEqual([gap]);
  expect(suggested(draft, [gap])).toEqual([]);
  expect(released(draft, [gap, row({ local_key: "other" })])).toBe(4);
  expect(released(NO_CHANGES, [gap])).toBe(0);
});

it("taking a mapping away opens the gap", () => {
  const mapped = row({ remote_code: "3000", state: "mapped" });
  expect(isOpen(choose(NO_CHANGES, mapped, null), mapped)).toBe(true);
});

it("a department takes the school's where it has none of its own", () => {
  const inherited = row({
    remote_code: "3000",
    school_code: "3000",
    is_inherited: true,
    state: "mapped",
  });
  const own = choose(NO_CHANGES, inherited, "3010");
  expect(isInherited(NO_CHANGES, inherited)).toBe(true);
  expect([codeOf(own, inherited), isInherited(own, inherited)]).toEqual(["3010", false]);
  expect(choose(own, inherited, null).size).toBe(0);

  const its = row({ remote_code: "3010", school_code: "3000", state: "mapped" });
  const given = choose(NO_CHANGES, its, null);
  expect([codeOf(given, its), isInherited(given, its)]).toEqual(["3000", true]);
  expect(isOpen(given, its)).toBe(false);
});

it("a department need not be told apart, and may be", () => {
  const bergen = row({ kind: "department", state: "open" });
  expect(isOpen(NO_CHANGES, bergen)).toBe(false);
  expect(suggested(NO_CHANGES, [bergen])).toEqual([bergen]);
  const told = row({ kind: "department", remote_code: "a/b", state: "mapped" });
  expect(isOpen(choose(NO_CHANGES, told, null), told)).toBe(false);
});

it("only what fits the kind is offered, and code or name finds it", () => {
  const view = {
    accounts: [account("3000", "Kjøring"), account("1920", "Bank", ["payment_method"])],
    tax_codes: [account("OUTPUT2", "25 %", ["tax_code"])],
    customers: [],
    fields: [],
    tracking: [account("a/b", "Oslo", ["department"])],
  };
  expect(fitting("service", view).map((c) => c.code)).toEqual(["3000"]);
  expect(fitting("payment_method", view).map((c) => c.code)).toEqual(["1920"]);
  expect(fitting("tax_code", view).map((c) => c.code)).toEqual(["OUTPUT2"]);
  expect(fitting("department", view).map((c) => c.name)).toEqual(["Oslo"]);
  expect(search(view.accounts, "bank").map((c) => c.code)).toEqual(["1920"]);
  expect(search(view.accounts, "300").map((c) => c.code)).toEqual(["3000"]);
});

it("what a rule decides is not open, also where it is mapped onto nothing", () => {
  const ruled = row({ state: "ruled", rule: "Companies" });
  expect(isOpen(NO_CHANGES, ruled)).toBe(false);
  const mapped = row({ state: "mapped", remote_code: "3000", rule: "Companies" });
  expect(isOpen(choose(NO_CHANGES, mapped, null), mapped)).toBe(false);
});
