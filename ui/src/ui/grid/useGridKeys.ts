import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import type { GridColumn, SortBy } from "./columns";
import { nextSort } from "./columns";
import { type Cell, moved } from "./keyboard";
import { ALL_SELECTED, type GridSelection, NOTHING_SELECTED, select, toggle } from "./selection";
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
  /** P, a click, and Space where rows cannot be selected: show the row beside the list. */
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

/** Keys and clicks of the grid. The grid itself has the focus; the active cell is pointed at. */
export function useGridKeys<R>(options: GridKeysOptions<R> & Window) {
  const { columns, rows, rowId, hasCheck, selection, onSelect, onSort, sort } = options;
  const [active, setActive] = useState<Cell>({
    row: options.firstRow ?? 0,
    col: hasCheck ? 1 : 0,
  });
  const anchor = useRef<number | null>(null);
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

  function extendTo(row: number) {
    if (!selection || row < 0) return;
    anchor.current ??= Math.max(0, active.row);
    const from = Math.min(anchor.current, row);
    const to = Math.max(anchor.current, row);
    let next: GridSelection = selection;
    // Shrinking back over rows takes them out again.
    const previous = Math.max(0, active.row);
    for (let i = Math.min(previous, from); i <= Math.max(previous, to); i++) {
      const held = rows.get(i);
      if (held !== undefined) next = select(next, rowId(held), i >= from && i <= to);
    }
    onSelect?.(next);
  }

  function toggleRow(index: number) {
    const row = rows.get(index);
    if (row === undefined || !selection) return;
    anchor.current = index;
    onSelect?.(toggle(selection, rowId(row)));
  }

  function toggleAll() {
    const isAll = selection?.mode === "all" && selection.except.size === 0;
    onSelect?.(isAll ? NOTHING_SELECTED : ALL_SELECTED);
  }

  function pressHead(col: number) {
    if (hasCheck && col === 0) return toggleAll();
    const column = columns[col - (hasCheck ? 1 : 0)];
    if (column?.isSortable) onSort?.(nextSort(sort, column.id));
  }

  function pressRow(key: string): boolean {
    const row = rows.get(active.row);
    if (row === undefined) return false;
    if (key === "Enter" && options.onOpen) options.onOpen(row, active.row);
    else if (key === " " && selection) toggleRow(active.row);
    else if ((key === " " || key === "p") && options.onPeek) options.onPeek(row, active.row);
    else return false;
    return true;
  }

  function onKeyDown(e: KeyboardEvent<HTMLElement>) {
    if (e.target !== e.currentTarget || e.altKey || e.nativeEvent.isComposing) return;
    const withCtrl = e.ctrlKey || e.metaKey;
    if (withCtrl && e.key.toLowerCase() === "a" && selection) {
      e.preventDefault();
      onSelect?.(ALL_SELECTED);
      return;
    }
    const bounds = {
      rows: rows.count,
      cols: columns.length + (hasCheck ? 1 : 0),
      page: options.pageRows,
    };
    const to = moved(e.key, withCtrl, active, bounds);
    if (to) {
      e.preventDefault();
      if (e.shiftKey) extendTo(to.row);
      else anchor.current = null;
      activate(to);
      return;
    }
    if (withCtrl) return;
    const isPress = e.key === "Enter" || e.key === " ";
    if (active.row < 0 && isPress) pressHead(active.col);
    else if (!pressRow(e.key.toLowerCase() === "p" ? "p" : e.key)) return;
    e.preventDefault();
  }

  function indexOf(e: MouseEvent<HTMLElement>): number | null {
    const target = e.target as HTMLElement;
    // A link or button inside a cell does its own work.
    if (target.closest("a, button, input")) return null;
    const index = target.closest<HTMLElement>("[data-index]")?.dataset.index;
    return index === undefined ? null : Number(index);
  }

  function onClick(e: MouseEvent<HTMLElement>) {
    const index = indexOf(e);
    if (index === null) return;
    if (e.shiftKey && selection) extendTo(index);
    else if ((e.target as HTMLElement).closest("[data-check]")) toggleRow(index);
    else {
      const row = rows.get(index);
      if (row !== undefined) options.onPeek?.(row, index);
    }
    setActive((a) => ({ ...a, row: index }));
  }

  function onDoubleClick(e: MouseEvent<HTMLElement>) {
    const index = indexOf(e);
    const row = index === null ? undefined : rows.get(index);
    if (row !== undefined && index !== null) options.onOpen?.(row, index);
  }

  return { active, onKeyDown, onClick, onDoubleClick, toggleAll };
}
