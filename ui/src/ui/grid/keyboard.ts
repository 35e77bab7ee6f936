/* Where the active cell goes. Row -1 is the head, whose cells sort. */

export interface Cell {
  row: number;
  col: number;
}

export interface Bounds {
  rows: number;
  cols: number;
  /** How many rows fit in the window. */
  page: number;
}

const between = (low: number, value: number, high: number) => Math.max(low, Math.min(high, value));

/** The cell a key leads to, or null when the key does not move. */
export function moved(key: string, withCtrl: boolean, at: Cell, bounds: Bounds): Cell | null {
  const lastRow = bounds.rows - 1;
  const lastCol = bounds.cols - 1;
  switch (key) {
    case "ArrowDown":
      return { ...at, row: withCtrl ? lastRow : between(-1, at.row + 1, lastRow) };
    case "ArrowUp":
      return { ...at, row: withCtrl ? 0 : between(-1, at.row - 1, lastRow) };
    case "ArrowRight":
      return { ...at, col: between(0, at.col + 1, lastCol) };
    case "ArrowLeft":
      return { ...at, col: between(0, at.col - 1, lastCol) };
    case "Home":
      return withCtrl ? { row: 0, col: 0 } : { ...at, col: 0 };
    case "End":
      return withCtrl ? { row: lastRow, col: lastCol } : { ...at, col: lastCol };
    case "PageDown":
      return { ...at, row: between(0, at.row + bounds.page, lastRow) };
    case "PageUp":
      return { ...at, row: between(0, at.row - bounds.page, lastRow) };
    default:
      return null;
  }
}
