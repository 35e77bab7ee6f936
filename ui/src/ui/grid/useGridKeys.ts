import { type KeyboardEvent, type MouseEvent, useEffect, useState } from "react";
import type { GridColumn, SortBy } from "./columns";
import { nextSort } from "./columns";
import { type Cell, moved } from "./keyboard";
import type { GridSelection } from "./selection";
import type { Arranging } from "./useArranging";
import { useMarking } from "./useMarking";
import type { WindowedRows } from "./useWindowedRows";

export interface GridKeysOptions<R> {
  columns: readonly GridColumn<R>[];
  rows: WindowedRows<R>;
  rowId: (row: R) => string;
  sort?: SortBy;
  onSort?: (sort: SortBy) => void;
  hasCheck: boolean;
  selection?: GridSelection;
  onSelect?: (selection: GridSelection) => void;
  /** Enter or a double click: go to the page of the row. */
  onOpen?: (row: R, index: number) => void;
  /** Space, P or a click: show the row beside the list. X and the box at its left select it. */
  onPeek?: (row: R, index: number) => void;
  /** The active row moved; lets an open panel follow the arrows. */
  onActive?: (row: R, index: number) => void;
}

interface Window {
  pageRows: number;
  scrollTo: (index: number) => void;
  /** The row that was active when the list was left. */
  firstRow?: number;
}

/** How much wider a key makes a column. */
const STEP_PX = 16;

export interface HeadKeys<R> {
  arranging: Arranging<R> | null;
  /** Said to whoever does not see that it moved. */
  onArranged: (column: GridColumn<R>, place: number) => void;
}

type Options<R> = GridKeysOptions<R> & Window & HeadKeys<R>;

/** Which cell the keys are at. */
function useActiveCell<R>(options: Options<R>) {
  const { rows, hasCheck } = options;
  const [active, setActive] = useState<Cell>({
    row: options.firstRow ?? 0,
    col: hasCheck ? 1 : 0,
  });
  const lastRow = rows.count - 1;

  // When rows leave, the active cell goes to the one that took the place.
  useEffect(() => {
    if (!rows.isLoading && rows.count > 0 && active.row > lastRow)
      setActive((a) => ({ ...a, row: lastRow }));
  }, [rows.isLoading, rows.count, lastRow, active.row]);

  function activate(cell: Cell) {
    setActive(cell);
    if (cell.row < 0) return;
    options.scrollTo(cell.row);
    const row = rows.get(cell.row);
    if (row !== undefined) options.onActive?.(row, cell.row);
  }
  return { active, activate, goToRow: (row: number) => setActive((a) => ({ ...a, row })) };
}

/** Which row was clicked; a link or button inside a cell does its own work. */
function clickedRow(e: MouseEvent<HTMLElement>): number | null {
  const target = e.target as HTMLElement;
  if (target.closest("a, button, input")) return null;
  const index = target.closest<HTMLElement>("[data-index]")?.dataset.index;
  return index === undefined ? null : Number(index);
}

/** What Enter, Space and P do where the keys are. Answers whether the key meant something. */
function pressed<R>(
  key: string,
  options: Options<R>,
  { row: index, col }: Cell,
  { toggleAll, toggleRow }: ReturnType<typeof useMarking>,
): boolean {
  const { columns, rows, hasCheck, selection, sort, onSort, onOpen, onPeek } = options;
  if (index < 0) {
    if (key !== "Enter" && key !== " ") return false;
    const column = columns[col - (hasCheck ? 1 : 0)];
    if (hasCheck && col === 0) toggleAll();
    else if (column?.isSortable) onSort?.(nextSort(sort, column.id));
    return true;
  }
  const row = rows.get(index);
  if (row === undefined) return false;
  const isOnBox = hasCheck && col === 0;
  if (key === "Enter" && onOpen) onOpen(row, index);
  else if (selection && (key.toLowerCase() === "x" || (key === " " && isOnBox))) toggleRow(index);
  else if ((key === " " || key.toLowerCase() === "p") && onPeek) onPeek(row, index);
  else if (key === " " && selection) toggleRow(index);
  else return false;
  return true;
}

/** Follows the link of the active cell, where its column leads somewhere of its own. */
function follows<R>(grid: HTMLElement, { columns, hasCheck }: Options<R>, at: Cell): boolean {
  if (at.row < 0 || !columns[at.col - (hasCheck ? 1 : 0)]?.leadsOn) return false;
  const cell = document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
  const link = cell?.querySelector("a");
  link?.click();
  return link !== null && link !== undefined;
}

/** In the head Ctrl and an arrow moves the column, Shift and an arrow makes it wider or narrower. */
function arrange<R>(e: KeyboardEvent, options: Options<R>, { row, col }: Cell): number | null {
  const { arranging, columns, hasCheck } = options;
  const by = e.key === "ArrowLeft" ? -1 : e.key === "ArrowRight" ? 1 : null;
  const column = columns[col - (hasCheck ? 1 : 0)];
  if (arranging === null || row !== -1 || by === null || column === undefined) return null;
  if (e.shiftKey) {
    arranging.widen(column.id, by * STEP_PX);
    return col;
  }
  if (!e.ctrlKey && !e.metaKey) return null;
  const neighbour = columns[col - (hasCheck ? 1 : 0) + by];
  if (column.isPinned || neighbour === undefined || neighbour.isPinned) return col;
  arranging.step(column.id, by);
  options.onArranged(column, col + by + (hasCheck ? 0 : 1));
  return col + by;
}

/** Keys and clicks of the grid. The grid itself has the focus; the active cell is pointed at. */
export function useGridKeys<R>(options: Options<R>) {
  const { columns, rows, hasCheck, selection } = options;
  const { active, activate, goToRow } = useActiveCell(options);
  const marking = useMarking(options, active.row);

  function onKeyDown(e: KeyboardEvent<HTMLElement>) {
    if (e.target !== e.currentTarget || e.altKey || e.nativeEvent.isComposing) return;
    const withCtrl = e.ctrlKey || e.metaKey;
    const arrangedCol = arrange(e, options, active);
    if (arrangedCol !== null) {
      activate({ row: -1, col: arrangedCol });
      return e.preventDefault();
    }
    const to = moved(e.key, withCtrl, active, {
      rows: rows.count,
      cols: columns.length + (hasCheck ? 1 : 0),
      page: options.pageRows,
    });
    if (withCtrl && e.key.toLowerCase() === "a" && selection) marking.markAll();
    else if (to) {
      if (e.shiftKey) marking.extendTo(to.row);
      else marking.endStretch();
      activate(to);
    } else if (!withCtrl && e.key === "Enter" && follows(e.currentTarget, options, active)) {
      return e.preventDefault();
    } else if (withCtrl || !pressed(e.key, options, active, marking)) return;
    e.preventDefault();
  }

  function onClick(e: MouseEvent<HTMLElement>) {
    const index = clickedRow(e);
    if (index === null) return;
    if (e.shiftKey && selection) marking.extendTo(index);
    else if ((e.target as HTMLElement).closest("[data-check]")) marking.toggleRow(index);
    else if (options.onPeek !== options.onOpen) {
      // Where looking is opening, a first click must not open what a second would close again.
      const row = rows.get(index);
      if (row !== undefined) options.onPeek?.(row, index);
    }
    goToRow(index);
  }

  function onDoubleClick(e: MouseEvent<HTMLElement>) {
    const index = clickedRow(e);
    const row = index === null ? undefined : rows.get(index);
    if (row !== undefined && index !== null) options.onOpen?.(row, index);
  }

  return { active, onKeyDown, onClick, onDoubleClick, toggleAll: marking.toggleAll };
}
