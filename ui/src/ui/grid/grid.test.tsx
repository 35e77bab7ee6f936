import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { render } from "~/test/render";
import {
  DataGrid,
  type GridColumn,
  type GridSelection,
  isSelected,
  NOTHING_SELECTED,
  type SortBy,
  selectedCount,
  useWindowedRows,
} from ".";
import { ALL_SELECTED, select, toggle } from "./selection";

interface Row {
  id: string;
  name: string;
}

const COLUMNS: GridColumn<Row>[] = [
  { id: "id", header: "Number", width: 80, isPinned: true, isSortable: true, cell: (r) => r.id },
  { id: "name", header: "Name", width: 120, grow: true, cell: (r) => r.name },
  { id: "sum", header: "Sum", width: 80, align: "end", sum: "871,00", cell: () => "1,00" },
];
/** What the sum is made of is a place of its own, but for the second row. */
const DRILLED = COLUMNS.map((column) =>
  column.id === "sum"
    ? {
        ...column,
        leadsOn: true,
        cell: (r: Row) => (r.id === "1" ? "–" : <a href={`#/behind/${r.id}`}>1,00</a>),
      }
    : column,
);

const events = { open: vi.fn(), peek: vi.fn(), sort: vi.fn(), select: vi.fn() };

function List({
  total = 100_000,
  withCheck = true,
  columns = COLUMNS,
  fetch,
}: {
  total?: number;
  withCheck?: boolean;
  columns?: GridColumn<Row>[];
  fetch?: () => Promise<never>;
}) {
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED);
  const [sort, setSort] = useState<SortBy>();
  const rows = useWindowedRows<Row>({
    queryKey: ["rows", sort],
    fetchPage:
      fetch ??
      (async (offset, limit) => ({
        total,
        rows: Array.from({ length: Math.min(limit, total - offset) }, (_, i) => ({
          id: `${offset + i}`,
          name: `Name ${offset + i}`,
        })),
      })),
  });
  events.select.mockImplementation(() => selection);
  return (
    <DataGrid
      label="Rows"
      columns={columns}
      rows={rows}
      rowId={(r) => r.id}
      sort={sort}
      onSort={(s) => {
        events.sort(s);
        setSort(s);
      }}
      selection={withCheck ? selection : undefined}
      onSelect={setSelection}
      onOpen={events.open}
      onPeek={events.peek}
      empty={<p>Nothing</p>}
    />
  );
}

const grid = () => screen.getByRole("grid");
const active = () => document.getElementById(grid().getAttribute("aria-activedescendant") ?? "");
const activeRow = () => Number(active()?.closest("[role=row]")?.getAttribute("aria-rowindex")) - 2;
const activeCol = () => Number(active()?.getAttribute("aria-colindex"));
const picked = (): GridSelection => events.select();

const pickedIds = () => {
  const selection = picked();
  return selection.mode === "some" ? [...selection.ids] : null;
};

async function open(withCheck = true) {
  vi.clearAllMocks();
  const mounted = render(<List withCheck={withCheck} />);
  await screen.findByText("Name 0");
  await mounted.user.tab();
  return mounted.user;
}

describe("DataGrid", () => {
  it("tells how large the whole list is while it holds a window of it", async () => {
    await open();
    expect(grid().getAttribute("aria-rowcount")).toBe("100001");
    expect(grid().getAttribute("aria-colcount")).toBe("4");
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
  });
  it("is one tab stop", async () => {
    const user = await open();
    expect(document.activeElement).toBe(grid());
    await user.tab();
    expect(document.activeElement).toBe(document.body);
  });
  it("moves by arrows, Home, End and pages", async () => {
    const user = await open();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}");
    expect([activeRow(), activeCol()]).toEqual([2, 3]);
    await user.keyboard("{Home}");
    expect(activeCol()).toBe(1);
    await user.keyboard("{End}");
    expect(activeCol()).toBe(4);
    await user.keyboard("{PageDown}");
    expect(activeRow()).toBeGreaterThan(10);
    await user.keyboard("{PageUp}");
    expect(activeRow()).toBe(2);
    await user.keyboard("{Control>}{End}{/Control}");
    expect(grid().getAttribute("aria-activedescendant")).toMatch(/-99999-3$/);
    expect(grid().getAttribute("aria-rowcount")).toBe("100001");
    await user.keyboard("{Control>}{Home}{/Control}");
    expect([activeRow(), activeCol()]).toEqual([0, 1]);
  });
  it("selects by X and extends by Shift and an arrow, back and forth", async () => {
    const user = await open();
    await user.keyboard("{ArrowDown}x");
    expect(pickedIds()).toEqual(["1"]);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(selectedCount(picked(), 100)).toBe(3);
    await user.keyboard("{Shift>}{ArrowUp}{/Shift}");
    expect(pickedIds()).toEqual(["1", "2"]);
  });
  it("selects all that match by Ctrl+A without a list of them", async () => {
    const user = await open();
    await user.keyboard("{Control>}a{/Control}");
    expect(picked()).toEqual(ALL_SELECTED);
    await user.keyboard("x");
    expect(selectedCount(picked(), 100_000)).toBe(99_999);
  });
  it("opens by Enter, and shows beside the list by P and Space", async () => {
    const user = await open();
    await user.keyboard("{Enter}p ");
    expect(events.open).toHaveBeenCalledWith({ id: "0", name: "Name 0" }, 0);
    expect(events.peek).toHaveBeenCalledTimes(2);
  });
  it("follows by Enter the link of a cell that leads on, and opens the row from one without", async () => {
    vi.clearAllMocks();
    const { user } = render(<List withCheck={false} columns={DRILLED} />);
    await screen.findByText("Name 0");
    await user.tab();
    await user.keyboard("{ArrowRight}{ArrowRight}{Enter}");
    expect(location.hash).toBe("#/behind/0");
    expect(events.open).not.toHaveBeenCalled();
    await user.keyboard("{ArrowDown}{Enter}");
    expect(location.hash).toBe("#/behind/0");
    expect(events.open).toHaveBeenCalledWith({ id: "1", name: "Name 1" }, 1);
  });
  it("selects by Space where the box has the keys", async () => {
    const user = await open();
    await user.keyboard("{ArrowLeft} ");
    expect(pickedIds()).toEqual(["0"]);
    expect(events.peek).not.toHaveBeenCalled();
  });
  it("peeks by Space where rows cannot be selected", async () => {
    const user = await open(false);
    await user.keyboard(" ");
    expect(events.peek).toHaveBeenCalledOnce();
  });
  it("sorts from the head by key", async () => {
    const user = await open();
    await user.keyboard("{ArrowUp}{Enter}");
    expect(events.sort).toHaveBeenLastCalledWith({ column: "id", direction: "ascending" });
    await user.keyboard("{Enter}");
    expect(events.sort).toHaveBeenLastCalledWith({ column: "id", direction: "descending" });
    const head = screen.getByRole("columnheader", { name: /Number/ });
    expect(head.getAttribute("aria-sort")).toBe("descending");
  });
  it("keeps the sum in the track of its own column", async () => {
    await open();
    expect(screen.getByText("871,00").parentElement?.children).toHaveLength(2);
  });
  it("shows the empty state when nothing matches", async () => {
    render(<List total={0} />);
    expect(await screen.findByText("Nothing")).toBeTruthy();
  });
  it("says when the rows could not be read", async () => {
    render(<List fetch={() => Promise.reject(new Error("gone"))} />);
    expect(await screen.findByText("The rows could not be read")).toBeTruthy();
  });
});

describe("GridSelection", () => {
  it("means all but these after all were selected", () => {
    const but = toggle(ALL_SELECTED, "7");
    expect(isSelected(but, "7")).toBe(false);
    expect(isSelected(but, "8")).toBe(true);
    expect(isSelected(select(but, "7", true), "7")).toBe(true);
  });
});
