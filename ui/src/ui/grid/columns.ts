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
  /** Pixels its cells need; a longer head word widens it. With `grow` the least it may have. */
  width: number;
  /** Takes what the others leave. One column of a grid should. */
  grow?: boolean;
  align?: "start" | "end" | "center";
  isSortable?: boolean;
  /** Stays at the left while the rest scrolls sideways; only leading columns. */
  isPinned?: boolean;
  /** Its cells lead somewhere of their own: Enter follows the link there, and not that of the row. */
  leadsOn?: boolean;
  /** Where there is less room the lowest goes first; columns without it stay. */
  givesWay?: number;
  /** As wide as a person made it, whatever its head needs. */
  sized_px?: number;
  /** Stands under this column at the foot. Computed where the data is kept. */
  sum?: ReactNode;
}

/** Width of the column with the boxes, with the gutter of the page at its left. */
export const CHECK_COLUMN_PX = 44;

/** Padding at both sides, the gutter of the page included, and the arrow of the order. */
const HEAD_PADDING_PX = 24;
const HEAD_ARROW_PX = 16;
/** Where nothing can measure, as in tests. */
const LETTER_PX = 6.5;

const pen =
  typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("2d");

/** Heads are few, and each is asked for several times whenever a grid is drawn. */
const widths = new Map<string, number>();
// What was measured before the fonts were there was measured in another.
if (pen !== null) document.fonts.addEventListener("loadingdone", () => widths.clear());

function textPx(text: string): number {
  if (pen === null) return text.length * LETTER_PX;
  const known = widths.get(text);
  if (known !== undefined) return known;
  pen.font = `500 12px ${getComputedStyle(document.body).fontFamily}`;
  const { width } = pen.measureText(text);
  widths.set(text, width);
  return width;
}

/** No head is cut in any language: a column is as wide as its cells or its head need. */
export function widthOf<R>({ width, header, isSortable, sized_px }: GridColumn<R>): number {
  if (sized_px !== undefined) return sized_px;
  const head = Math.ceil(textPx(header)) + HEAD_PADDING_PX;
  return Math.max(width, head + (isSortable ? HEAD_ARROW_PX : 0));
}

/** The track list that head, rows and foot share, so that sums stand under their columns. */
export function trackList<R>(columns: readonly GridColumn<R>[], hasCheck: boolean): string {
  const tracks = columns.map((c) => (c.grow ? `minmax(${widthOf(c)}px, 1fr)` : `${widthOf(c)}px`));
  // Where every column has its width the room that is left stays empty.
  const rest = columns.some((c) => c.grow) ? [] : ["minmax(0, 1fr)"];
  return [...(hasCheck ? [`${CHECK_COLUMN_PX}px`] : []), ...tracks, ...rest].join(" ");
}

/** How far from the left each pinned column stands. */
export function pinnedOffsets<R>(columns: readonly GridColumn<R>[], hasCheck: boolean): number[] {
  let left = hasCheck ? CHECK_COLUMN_PX : 0;
  return columns.map((c) => {
    const at = left;
    left += widthOf(c);
    return at;
  });
}

export function leastWidth<R>(columns: readonly GridColumn<R>[], hasCheck: boolean): number {
  return columns.reduce((sum, c) => sum + widthOf(c), hasCheck ? CHECK_COLUMN_PX : 0);
}

export function nextSort(sort: SortBy | undefined, column: string): SortBy {
  const isSame = sort?.column === column;
  return {
    column,
    direction: isSame && sort.direction === "ascending" ? "descending" : "ascending",
  };
}

/** As many of the columns as fit; what is still too wide then scrolls sideways. */
export function fitting<R>(
  columns: readonly GridColumn<R>[],
  hasCheck: boolean,
  room_px: number,
): readonly GridColumn<R>[] {
  const order = columns
    .filter((c) => c.givesWay !== undefined)
    .sort((a, b) => (a.givesWay ?? 0) - (b.givesWay ?? 0));
  let kept = columns;
  for (const next of order) {
    if (leastWidth(kept, hasCheck) <= room_px) break;
    kept = kept.filter((column) => column !== next);
  }
  return kept;
}
