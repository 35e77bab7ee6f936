import type { ReactNode } from "react";
import { cx } from "./cx";
import { Sideways } from "./Sideways";
import s from "./Table.module.css";

export interface TableColumn<R> {
  id: string;
  header: ReactNode;
  cell: (row: R) => ReactNode;
  align?: "start" | "end" | "center";
  /** CSS width such as `96px` or `30%`; what has none shares the rest. */
  width?: string;
  /** Stands under this column, in bold. */
  sum?: ReactNode;
}

export interface TableProps<R> {
  /** Read aloud as the name of the table. */
  label: string;
  columns: readonly TableColumn<R>[];
  rows: readonly R[];
  rowId: (row: R) => string;
  /** `page` has a grey head and the gutter of the page; `panel` stands inside a panel. */
  look?: "page" | "panel";
  /** Folds out under a row, over its full width. */
  below?: (row: R) => ReactNode;
}

/** What is not as wide as its words keeps room for a few of them. */
const LEAST_PX = 104;
const leastOf_px = (width = "") => (width.endsWith("px") ? Number.parseInt(width, 10) : LEAST_PX);

/** A small table whose rows are all known. Long lists use `DataGrid`. */
export function Table<R>({ label, columns, rows, rowId, look = "panel", below }: TableProps<R>) {
  const least_px = columns.reduce((sum, { width }) => sum + leastOf_px(width), 0);
  const minWidth = look === "page" ? least_px : undefined;
  const hasSums = columns.some((c) => c.sum !== undefined);
  return (
    <Sideways className={s.frame} label={label}>
      <table className={cx(s.table, s[look])} aria-label={label} style={{ minWidth }}>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.id} scope="col" data-align={c.align} style={{ width: c.width }}>
                {c.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const more = below?.(row);
            return [
              <tr key={rowId(row)} data-open={more ? true : undefined}>
                {columns.map((c) => (
                  <td key={c.id} data-align={c.align}>
                    {c.cell(row)}
                  </td>
                ))}
              </tr>,
              more && (
                <tr key={`${rowId(row)} below`} className={s.below}>
                  <td colSpan={columns.length}>{more}</td>
                </tr>
              ),
            ];
          })}
        </tbody>
        {hasSums && (
          <tfoot>
            <tr>
              {columns.map((c) => (
                <td key={c.id} data-align={c.align}>
                  {c.sum}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </Sideways>
  );
}
