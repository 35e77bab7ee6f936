import { type RefObject, useLayoutEffect, useMemo, useState } from "react";
import { fitting, type GridColumn } from "./columns";

/** The columns that fit beside one another in the element; all until it is measured. */
export function useFitting<R>(
  columns: readonly GridColumn<R>[],
  hasCheck: boolean,
  inside: RefObject<HTMLElement | null>,
  /** What is kept free at the end of a row. */
  end_px = 0,
): readonly GridColumn<R>[] {
  const [room_px, setRoom] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = inside.current;
    if (!element) return;
    const measure = () => setRoom(element.clientWidth || Number.POSITIVE_INFINITY);
    const watch = new ResizeObserver(measure);
    measure();
    watch.observe(element);
    return () => watch.disconnect();
  }, [inside]);
  return useMemo(
    () => fitting(columns, hasCheck, room_px - end_px),
    [columns, hasCheck, room_px, end_px],
  );
}
