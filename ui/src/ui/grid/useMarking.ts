import { useRef } from "react";
import { ALL_SELECTED, type GridSelection, NOTHING_SELECTED, select, toggle } from "./selection";
import type { GridKeysOptions } from "./useGridKeys";

/** Marks rows: one, a stretch of them from where it began, or all. */
export function useMarking<R>(options: GridKeysOptions<R>, activeRow: number) {
  const { rows, rowId, selection, onSelect } = options;
  const anchor = useRef<number | null>(null);

  function extendTo(row: number) {
    if (!selection || row < 0) return;
    const previous = Math.max(0, activeRow);
    anchor.current ??= previous;
    const from = Math.min(anchor.current, row);
    const to = Math.max(anchor.current, row);
    let next: GridSelection = selection;
    // Shrinking back over rows takes them out again.
    for (let i = Math.min(previous, from); i <= Math.max(previous, to); i++) {
      const held = rows.get(i);
      if (held !== undefined) next = select(next, rowId(held), i >= from && i <= to);
    }
    onSelect?.(next);
  }
  return {
    extendTo,
    /** The next stretch begins anew. */
    endStretch() {
      anchor.current = null;
    },
    toggleRow(index: number) {
      const row = rows.get(index);
      if (row === undefined || !selection) return;
      anchor.current = index;
      onSelect?.(toggle(selection, rowId(row)));
    },
    markAll: () => onSelect?.(ALL_SELECTED),
    toggleAll() {
      const isAll = selection?.mode === "all" && selection.except.size === 0;
      onSelect?.(isAll ? NOTHING_SELECTED : ALL_SELECTED);
    },
  };
}
