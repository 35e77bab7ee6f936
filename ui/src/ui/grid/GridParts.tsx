import { ArrowDown, ArrowUp } from "lucide-react";
import { type CSSProperties, memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/i18n/useWords";
import { CheckMark } from "../primitives/Choice";
import { cx } from "../primitives/cx";
import { Icon } from "../primitives/Icon";
import { Skeleton } from "../primitives/Progress";
import type { GridColumn, SortBy } from "./columns";
import s from "./DataGrid.module.css";
import type { Arranging } from "./useArranging";
import { useHeadPointer } from "./useHeadPointer";

export interface Layout<R> {
  gridId: string;
  columns: readonly GridColumn<R>[];
  hasCheck: boolean;
  offsets: readonly number[];
}

export const cellId = (gridId: string, row: number, col: number) => `${gridId}-${row}-${col}`;

function cellProps<R>({ columns, offsets, hasCheck }: Layout<R>, at: number) {
  const column = columns[at] as GridColumn<R>;
  return {
    className: cx(s.cell, column.isPinned && s.pinned),
    style: column.isPinned ? ({ left: offsets[at] } as CSSProperties) : undefined,
    "data-align": column.align,
    "aria-colindex": at + 1 + (hasCheck ? 1 : 0),
  };
}

interface HeadProps<R> {
  layout: Layout<R>;
  sort?: SortBy;
  onSort?: (column: string) => void;
  check: "none" | "some" | "all";
  onCheckAll: () => void;
  activeCol: number | null;
  /** Given where columns can be moved and sized. */
  arranging: Arranging<R> | null;
}

export function GridHead<R>(props: HeadProps<R>) {
  const { layout, sort, onSort, check, onCheckAll, activeCol, arranging } = props;
  const { t } = useTranslation("grid");
  const pointer = useHeadPointer(arranging);
  const { columns, gridId, hasCheck } = layout;
  const shift = hasCheck ? 1 : 0;
  return (
    <div role="row" className={cx(s.row, s.headRow)} aria-rowindex={1}>
      {hasCheck && (
        <div
          role="columnheader"
          id={cellId(gridId, -1, 0)}
          aria-colindex={1}
          className={cx(s.cell, s.check, s.pinned, activeCol === 0 && s.active)}
          onClick={onCheckAll}
        >
          <span className="sr">{t("select_all")}</span>
          <CheckMark isOn={check === "all"} isSome={check === "some"} />
        </div>
      )}
      {columns.map((column, at) => {
        const direction = sort?.column === column.id ? sort.direction : undefined;
        const cell = cellProps(layout, at);
        const isMovable = arranging !== null && !column.isPinned;
        return (
          <div
            key={column.id}
            {...cell}
            role="columnheader"
            id={cellId(gridId, -1, at + shift)}
            data-column={column.id}
            className={cx(
              cell.className,
              column.isSortable && s.sortable,
              activeCol === at + shift && s.active,
              pointer.over === column.id && s.dropHere,
            )}
            aria-sort={column.isSortable ? (direction ?? "none") : undefined}
            onPointerDown={isMovable ? (e) => pointer.grab(column.id, e) : undefined}
            onClick={() => column.isSortable && !pointer.wasDrag() && onSort?.(column.id)}
          >
            <span className="clip">{column.header}</span>
            {column.headerNote && <span className={s.headNote}>· {column.headerNote}</span>}
            {direction && <Icon of={direction === "ascending" ? ArrowUp : ArrowDown} size={12} />}
            {arranging && (
              <span
                className={s.edge}
                aria-hidden
                onPointerDown={(e) => pointer.grabEdge(column.id, e)}
                onDoubleClick={() => arranging.resetWidth(column.id)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

interface RowProps<R> {
  layout: Layout<R>;
  row: R | undefined;
  index: number;
  top: number;
  isOn: boolean;
  isOpen: boolean;
  activeCol: number | null;
  /** Changes when the words or the data of a cell may change. */
  version: unknown;
}

function Row<R>({ layout, row, index, top, isOn, isOpen, activeCol }: RowProps<R>) {
  const t = useWords("grid");
  const { columns, gridId, hasCheck } = layout;
  const shift = hasCheck ? 1 : 0;
  return (
    <div
      role="row"
      className={cx(s.row, s.bodyRow)}
      style={{ top }}
      aria-rowindex={index + 2}
      aria-selected={hasCheck ? isOn : undefined}
      data-index={index}
      data-open={isOpen || undefined}
      data-active={activeCol !== null || undefined}
    >
      {hasCheck && (
        <div
          role="gridcell"
          id={cellId(gridId, index, 0)}
          aria-colindex={1}
          data-check
          className={cx(s.cell, s.check, s.pinned, activeCol === 0 && s.active)}
        >
          <span className="sr">{t("select_row")}</span>
          <CheckMark isOn={isOn} />
        </div>
      )}
      {columns.map((column, at) => {
        const props = cellProps(layout, at);
        return (
          <div
            key={column.id}
            {...props}
            // An empty head would be read as a fault; while its row is on the way it is a cell.
            role={at === 0 && row !== undefined ? "rowheader" : "gridcell"}
            id={cellId(gridId, index, at + shift)}
            className={cx(props.className, activeCol === at + shift && s.active)}
          >
            {row === undefined ? <Skeleton width={skeletonWidth(index, at)} /> : column.cell(row)}
          </div>
        );
      })}
    </div>
  );
}

/** Looks like text: not every bar has the same length, and none changes while it waits. */
function skeletonWidth(row: number, col: number): string {
  return `${48 + ((row * 7 + col * 13) % 5) * 9}%`;
}

export const GridRow = memo(Row) as typeof Row;

/** The sums under their own columns. `lead` stands where the first columns have no sum. */
export function GridFoot<R>({ layout, lead }: { layout: Layout<R>; lead?: ReactNode }) {
  const { columns, hasCheck } = layout;
  const firstSum = columns.findIndex((c) => c.sum !== undefined);
  const leadColumns = (firstSum < 0 ? columns.length : firstSum) + (hasCheck ? 1 : 0);
  const rest = firstSum < 0 ? [] : columns.slice(firstSum);
  return (
    <div className={cx(s.row, s.footRow)}>
      {leadColumns > 0 && (
        <div className={cx(s.cell, s.lead)} style={{ gridColumn: `span ${leadColumns}` }}>
          {lead}
        </div>
      )}
      {rest.map((column) => (
        <div key={column.id} className={cx(s.cell, s.sum)} data-align={column.align}>
          {column.sum}
        </div>
      ))}
    </div>
  );
}
