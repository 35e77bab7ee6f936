import type { ReactNode } from "react";

export interface SortBy {
  column: string;
  direction: "ascending" | "descending";
}

export interface GridColumn<R> {
  id: string;
  header: string;
  /** Drawn dimmed after the header word, such as "payer" in "Student · payer". */
  headerNote?: string;
  cell: (row: R) => ReactNode;
  /** Pixels; with `grow` the least it may have. */
  width: number;
  /** Takes what the others leave. One column of a grid should. */
  grow?: boolean;
  align?: "start" | "end" | "center";
  isSortable?: boolean;
  /** Stays at the left while the rest scrolls sideways; only leading columns. */
  isPinned?: boolean;
  /** Stands under this column at the foot. Computed where the data is kept. */
  sum?: ReactNode;
}

/** Width of the column with the boxes, with the gutter of the page at its left. */
export const CHECK_COLUMN_PX = 44;

/** The track list that head, rows and foot share, so that sums stand under their columns. */
export function trackList<R>(columns: readonly GridColumn<R>[], hasCheck: boolean): string {
  const tracks = columns.map((c) => (c.grow ? `minmax(${c.width}px, 1fr)` : `${c.width}px`));
  return [...(hasCheck ? [`${CHECK_COLUMN_PX}px`] : []), ...tracks].join(" ");
}

/** How far from the left each pinned column stands. */
export function pinnedOffsets<R>(columns: readonly GridColumn<R>[], hasCheck: boolean): number[] {
  let left = hasCheck ? CHECK_COLUMN_PX : 0;
  return columns.map((c) => {
    const at = left;
    left += c.width;
    return at;
  });
}

export function leastWidth<R>(columns: readonly GridColumn<R>[], hasCheck: boolean): number {
  return columns.reduce((sum, c) => sum + c.width, hasCheck ? CHECK_COLUMN_PX : 0);
}

export function nextSort(sort: SortBy | undefined, column: string): SortBy {
  const isSame = sort?.column === column;
  return {
    column,
    direction: isSame && sort.direction === "ascending" ? "descending" : "ascending",
  };
}
