import { type RefObject, useLayoutEffect, useMemo, useState } from "react";
import { fitting, type GridColumn } from "./columns";

/** What the last grid had: the next most often has the same, and need not be drawn to be measured. */
let lastRoom_px: number | null = null;

/** The columns that fit beside one another in the element; all until it is measured. */
export function useFitting<R>(
  columns: readonly GridColumn<R>[],
  hasCheck: boolean,
  inside: RefObject<HTMLElement | null>,
  /** What is kept free at the end of a row. */
  end_px = 0,
): readonly GridColumn<R>[] {
  const [room_px, setRoom] = useState(lastRoom_px ?? Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = inside.current;
    if (!element) return;
    const measure = () => {
      const width_px = element.clientWidth || Number.POSITIVE_INFINITY;
      lastRoom_px = width_px;
      setRoom(width_px);
    };
    // It tells the width before anything is painted, and without a layout of its own.
    const watch = new ResizeObserver(measure);
    if (lastRoom_px === null) measure();
    watch.observe(element);
    return () => watch.disconnect();
  }, [inside]);
  return useMemo(
    () => fitting(columns, hasCheck, room_px - end_px),
    [columns, hasCheck, room_px, end_px],
  );
}
