import { expect, it } from "vitest";
import type { CauseView } from "~/ipc/gen/CauseView";
import { type GridSelection, isSelected, NOTHING_SELECTED } from "~/ui/grid";
import { mappingBefore, meantBy, verbsOf } from "./verbs";

const cause = (over: Partial<CauseView>): CauseView => ({
  id: "1",
  connection_id: "1",
  system: "xero",
  class: "validation",
  params: {},
  documents: 3,
  amount: null,
  since: "2026-11-20T10:00:00Z",
  next_attempt_at: null,
  in_the_books: "no",
  mapping: null,
  given_to: null,
  ...over,
});

it("what may be in the books is linked or looked up, and only the rest is sent again", () => {
  const plain = verbsOf(cause({}), "causes");
  expect([plain.main, plain.canLookUp]).toEqual(["retry", false]);
  for (const in_the_books of ["unknown", "yes"]) {
    const verbs = verbsOf(cause({ in_the_books }), "causes");
    expect(verbs.main).toBe("link");
    expect([verbs.canLink, verbs.canLookUp]).toEqual([true, true]);
  }
});

it("what is looked up or waits offers no verb", () => {
  for (const group of ["checking", "waiting"] as const) {
    const verbs = verbsOf(cause({ class: "unknown_outcome", in_the_books: "unknown" }), group);
    expect(verbs).toEqual({ main: null, canLink: false, canLookUp: false, canSettle: false });
  }
});

it("a missing mapping is saved and retried in one", () => {
  const mapping = {
    kind: "tax_code",
    local_key: "E-0",
    label: "Exempt",
    remote_code: null,
    department_id: null,
  };
  expect(verbsOf(cause({ class: "mapping_missing", mapping }), "causes").main).toBe(
    "save_and_retry",
  );
});

it("a currency that is off there is read again, and nothing is chosen for it", () => {
  const off = [
    cause({ class: "mapping_missing", params: { kind: "currency", local_key: "EUR" } }),
    cause({ class: "reference_gone", params: { reference: "currency", name: "EUR" } }),
  ];
  for (const one of off) {
    const verbs = verbsOf(one, "causes");
    expect(verbs).toEqual({
      main: "read_again",
      canLink: false,
      canLookUp: false,
      canSettle: true,
    });
  }
});

it("a kind the system does not take is never retried", () => {
  expect(verbsOf(cause({ class: "internal", in_the_books: "unknown" }), "causes")).toEqual({
    main: null,
    canLink: false,
    canLookUp: true,
    canSettle: true,
  });
  expect(verbsOf(cause({ class: "unsupported" }), "causes")).toEqual({
    main: null,
    canLink: false,
    canLookUp: false,
    canSettle: true,
  });
});

it("what a person books by hand is settled, never linked or sent", () => {
  for (const [name, in_the_books] of [
    ["taken_back", "yes"],
    ["by_hand", "no"],
  ] as const) {
    const verbs = verbsOf(cause({ class: name, in_the_books }), "causes");
    expect(verbs).toEqual({ main: null, canLink: false, canLookUp: false, canSettle: true });
  }
});

it("a cause means all its documents until some are marked", () => {
  const all = meantBy(NOTHING_SELECTED, 12);
  expect(all).toMatchObject({ count: 12, isWhole: true });
  expect(isSelected(all.selection, "any")).toBe(true);
  const marked: GridSelection = { mode: "some", ids: new Set(["a", "b"]) };
  expect(meantBy(marked, 12)).toEqual({ selection: marked, count: 2, isWhole: false });
  expect(meantBy({ mode: "all", except: new Set(["a"]) }, 12)).toMatchObject({ count: 11 });
  expect(meantBy(marked, 2).isWhole).toBe(true);
});

it("what is taken back is the one mapping as it stood, where that can still be chosen", () => {
  const mapping = {
    kind: "payment_method",
    local_key: "card",
    label: "Card",
    remote_code: "090",
    department_id: "d",
  };
  const before = mappingBefore(cause({ class: "account_currency", mapping }));
  expect(before).toEqual({
    connection_id: "1",
    department_id: "d",
    changes: [
      { kind: "payment_method", local_key: "card", remote_code: "090", from_suggestion: false },
    ],
  });
  expect(mappingBefore(cause({ class: "reference_gone", mapping }))).toBeUndefined();
  expect(mappingBefore(cause({}))).toBeUndefined();
});
