import { expect, it } from "vitest";
import { arranged, choicesOf, moved, shown, sized, WIDEST_PX } from "./arranging";
import { type GridColumn, trackList } from "./columns";

const column = (id: string, more: Partial<GridColumn<unknown>> = {}): GridColumn<unknown> => ({
  id,
  header: id,
  width: 100,
  cell: () => null,
  ...more,
});
const ALL = [
  column("number", { isPinned: true }),
  column("name", { grow: true }),
  column("due"),
  column("sum"),
];
const ids = (columns: readonly { id: string }[]) => columns.map(({ id }) => id).join(" ");
const kept = (id: string) => ({ id, width_px: null, is_hidden: false });

it("columns stand as the list puts them until somebody moves one", () => {
  const choices = choicesOf(ALL, []);
  expect(ids(arranged(ALL, choices))).toBe("number name due sum");
  expect(ids(arranged(ALL, moved(ALL, choices, "sum", "name")))).toBe("number sum name due");
});

it("a pinned column stays in front, and nothing goes before it", () => {
  const choices = choicesOf(ALL, [kept("sum"), kept("number")]);
  expect(ids(choices)).toBe("number sum name due");
  expect(moved(ALL, choices, "number", "due")).toBe(choices);
  expect(moved(ALL, choices, "due", "number")).toBe(choices);
  expect(ids(arranged(ALL, shown(ALL, choices, "number", false)))).toContain("number");
});

it("a column that is new stands after the one it follows, and one that is gone is passed over", () => {
  expect(ids(choicesOf(ALL, [kept("gone"), kept("sum"), kept("name")]))).toBe(
    "number sum name due",
  );
});

it("a width is bounded, and the room that is left stays empty", () => {
  const choices = sized(choicesOf(ALL, []), "name", 5_000);
  const columns = arranged(ALL, choices);
  expect(columns[1]).toMatchObject({ sized_px: WIDEST_PX, grow: false });
  expect(trackList(columns, false)).toBe("100px 800px 100px 100px minmax(0, 1fr)");
  expect(arranged(ALL, sized(choices, "name", null))[1]).toBe(ALL[1]);
});

it("the last column that is shown cannot be hidden", () => {
  const two = [column("a"), column("b")];
  const one = shown(two, choicesOf(two, []), "a", false);
  expect(ids(arranged(two, one))).toBe("b");
  expect(shown(two, one, "b", false)).toBe(one);
});
