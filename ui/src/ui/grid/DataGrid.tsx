import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../preferences";
import { Button } from "../primitives/Button";
import { cx } from "../primitives/cx";
import { Note } from "../primitives/Message";
import { ColumnsButton } from "./ColumnsButton";
import {
  type GridColumn,
  leastWidth,
  nextSort,
  pinnedOffsets,
  type SortBy,
  trackList,
} from "./columns";
import s from "./DataGrid.module.css";
import { cellId, GridFoot, GridHead, GridRow, type Layout } from "./GridParts";
import { isSelected, selectedCount } from "./selection";
import { useAfter } from "./useAfter";
import { useArranging } from "./useArranging";
import { useFitting } from "./useFitting";
import { type GridKeysOptions, useGridKeys } from "./useGridKeys";
import { usePlace } from "./usePlace";
import { useSheetKeys } from "./useSheetKeys";
import type { WindowedRows } from "./useWindowedRows";

export interface DataGridProps<R> extends Omit<GridKeysOptions<R>, "columns" | "hasCheck"> {
  /** Read aloud as the name of the grid. */
  label: string;
  /** Remembers under it how each person arranges the columns; without it they stand as given. */
  name?: string;
  columns: readonly GridColumn<R>[];
  rows: WindowedRows<R>;
  rowId: (row: R) => string;
  sort?: SortBy;
  onSort?: (sort: SortBy) => void;
  /** The row whose panel is open beside the list. */
  openId?: string | null;
  /** Where that row is; it is kept in view while the panel walks the list. */
  openIndex?: number;
  /** The list keeps its place under this name while it is away. It names filter and order. */
  placeName?: string;
  /** Shown instead of rows when nothing matches: an `EmptyState`. */
  empty?: ReactNode;
  /** Stands at the left of the foot: the count and a legend. */
  footLead?: ReactNode;
  /** Stands over the foot while rows are selected: a `BulkBar`. */
  bulk?: ReactNode;
}

/** Rows kept drawn over and under those in view, once those are painted. */
const OVERSCAN_ROWS = 12;
/** Most lists are there sooner: bars that look like rows would only flash. */
const SKELETON_AFTER_MS = 120;
const SKELETON_ROWS = 24;
const ROW_PX = { comfortable: 40, compact: 32, dense: 28 } as const;
/** Room at the end of every row, so that the button that arranges the columns covers none. */
const COLUMNS_BUTTON_PX = 12;
/** The tallest a bar is. */
const BULK_PX = 48;

/** The rows in view, measured by their height; the pages they are on are asked for. */
function useWindow<R>(
  rows: WindowedRows<R>,
  scroller: RefObject<HTMLDivElement | null>,
  hasBulk: boolean,
) {
  const rowPx = ROW_PX[usePreferences().density];
  const isSlow = useAfter(SKELETON_AFTER_MS, rows.isLoading);
  const isPainted = useAfter(0, !rows.isLoading);
  const virtual = useVirtualizer({
    count: rows.isLoading ? (isSlow ? SKELETON_ROWS : 0) : rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: isPainted ? OVERSCAN_ROWS : 1,
    scrollPaddingStart: rowPx,
    scrollPaddingEnd: rowPx + (hasBulk ? BULK_PX : 0),
    // A new size is no reason to draw at once, in the middle of being told of it.
    useAnimationFrameWithResizeObserver: true,
    // Until it is measured, and in tests where nothing has a size.
    initialRect: { width: 1000, height: 640 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height moves every row
  useEffect(() => virtual.measure(), [virtual, rowPx]);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { show } = rows;
  useEffect(() => show(first, last), [show, first, last]);

  const pageRows = Math.max(1, Math.floor((virtual.scrollRect?.height ?? 640) / rowPx) - 2);
  return { virtual, items, pageRows };
}

/** Many rows: a window over a list whose pages, order, filter and sums come from the backend. */
export function DataGrid<R>(props: DataGridProps<R>) {
  const { t } = useTranslation("grid");
  const { rows, sort, onSort, selection, openIndex, footLead, bulk } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const hasCheck = selection !== undefined;
  const arranging = useArranging(props.name, props.columns);
  const end_px = arranging ? COLUMNS_BUTTON_PX : 0;
  const shown = arranging?.columns ?? props.columns;
  const columns = useFitting(shown, hasCheck, scroller, end_px);
  const { virtual, items, pageRows } = useWindow(rows, scroller, Boolean(bulk));
  const layout: Layout<R> = useMemo(
    () => ({ gridId, columns, hasCheck, offsets: pinnedOffsets(columns, hasCheck) }),
    [gridId, columns, hasCheck],
  );
  const place = usePlace(props.placeName, rows, scroller);
  const [isFocused, setFocused] = useState(false);
  const scrollTo = (index: number) => virtual.scrollToIndex(index);
  const firstRow = place.row;
  const [said, say] = useState("");
  const keys = useGridKeys<R>({
    ...props,
    columns,
    hasCheck,
    pageRows,
    scrollTo,
    firstRow,
    arranging,
    onArranged: ({ header }, place) =>
      say(t("column_moved", { name: header, place, count: columns.length })),
  });
  useSheetKeys(hasCheck, props);
  const { active } = keys;
  place.keep(active.row);
  useEffect(() => {
    if (openIndex !== undefined) virtual.scrollToIndex(openIndex);
  }, [virtual, openIndex]);

  const activeOn = (row: number) => (isFocused && active.row === row ? active.col : null);
  const isOnCell = isFocused && active.row < rows.count;
  const picked = selection ? selectedCount(selection, rows.count) : 0;
  const hasFoot = footLead !== undefined || columns.some((c) => c.sum !== undefined);
  return (
    <div className={s.frame}>
      <div ref={scroller} className={s.scroller} style={sizesOf(layout, end_px)}>
        <div
          role="grid"
          className={cx(s.grid, isFocused && s.focused)}
          tabIndex={0}
          aria-label={props.label}
          aria-rowcount={rows.count + 1}
          aria-colcount={columns.length + (hasCheck ? 1 : 0)}
          aria-multiselectable={hasCheck || undefined}
          aria-busy={rows.isLoading}
          aria-activedescendant={isOnCell ? cellId(gridId, active.row, active.col) : undefined}
          onKeyDown={keys.onKeyDown}
          onClick={keys.onClick}
          onDoubleClick={keys.onDoubleClick}
          onFocus={(e) => setFocused(e.target === e.currentTarget)}
          onBlur={() => setFocused(false)}
        >
          <GridHead
            layout={layout}
            sort={sort}
            onSort={(column) => onSort?.(nextSort(sort, column))}
            check={picked === 0 ? "none" : picked >= rows.count ? "all" : "some"}
            onCheckAll={keys.toggleAll}
            activeCol={activeOn(-1)}
            arranging={arranging}
          />
          <div role="rowgroup" className={s.body} style={{ height: virtual.getTotalSize() }}>
            <Rows {...props} layout={layout} items={items} activeOn={activeOn} />
          </div>
        </div>
        <Instead {...props} />
        {bulk && <div className={s.bulk}>{bulk}</div>}
        {hasFoot && <GridFoot layout={layout} lead={footLead} />}
      </div>
      {arranging && (
        <>
          <ColumnsButton all={props.columns} arranging={arranging} />
          <span className="sr" aria-live="polite">
            {said}
          </span>
        </>
      )}
    </div>
  );
}

/** The widths of the columns, as the style sheet reads them. */
function sizesOf<R>({ columns, hasCheck }: Layout<R>, end_px: number): CSSProperties {
  const least_px = leastWidth(columns, hasCheck) + end_px;
  const sizes = { "--least": `${least_px}px`, "--end": `${end_px}px` };
  return { "--tracks": trackList(columns, hasCheck), ...sizes } as CSSProperties;
}

interface RowsProps<R> extends DataGridProps<R> {
  layout: Layout<R>;
  items: readonly VirtualItem[];
  activeOn: (row: number) => number | null;
}

function Rows<R>({ rows, rowId, selection, openId, layout, items, activeOn }: RowsProps<R>) {
  const { language } = usePreferences();
  return items.map(({ index, start }) => {
    const row = rows.get(index);
    const id = row === undefined ? undefined : rowId(row);
    return (
      <GridRow
        key={index}
        layout={layout}
        row={row}
        index={index}
        top={start}
        isOn={id !== undefined && selection !== undefined && isSelected(selection, id)}
        isOpen={id !== undefined && id === openId}
        activeCol={activeOn(index)}
        version={language}
      />
    );
  });
}

/** What stands where there are no rows: why there are none, or that they could not be read. */
function Instead<R>({ rows, empty }: DataGridProps<R>) {
  const { t } = useTranslation(["grid", "common"]);
  if (rows.error)
    return (
      <div className={s.instead}>
        <Note
          tone="danger"
          title={t("failed")}
          actions={
            <Button size="small" onPress={rows.refetch}>
              {t("common:retry")}
            </Button>
          }
        />
      </div>
    );
  return rows.isLoading || rows.count > 0 ? null : <div className={s.instead}>{empty}</div>;
}
