import { type RefObject, useEffect, useRef, useState } from "react";
import type { WindowedRows } from "./useWindowedRows";

interface Place {
  top: number;
  row: number;
}

/** Places of lists that were left, by their names. Forgotten with the window. */
const places = new Map<string, Place>();

/**
 * Keeps the place of a list while a person goes into a row and back: how far it was scrolled and
 * which row was active. The focus comes back too, so that the arrows go on.
 */
export function usePlace<R>(
  name: string | undefined,
  rows: WindowedRows<R>,
  scroller: RefObject<HTMLElement | null>,
) {
  const [kept] = useState(() => (name === undefined ? undefined : places.get(name)));
  const row = useRef(kept?.row ?? 0);
  const shownName = useRef(name);
  const isReady = !rows.isLoading && rows.count > 0;

  // Only when the rows are there is the list long enough to be scrolled to its place.
  useEffect(() => {
    const element = scroller.current;
    if (!isReady || kept === undefined || element === null) return;
    element.scrollTop = kept.top;
    element.querySelector<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
  }, [isReady, kept, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (name === undefined || element === null) return;
    // Another filter or order is another list, and starts at its top.
    if (shownName.current !== name) element.scrollTop = 0;
    shownName.current = name;
    let top = element.scrollTop;
    const onScroll = () => {
      top = element.scrollTop;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      element.removeEventListener("scroll", onScroll);
      places.set(name, { top, row: row.current });
    };
  }, [name, scroller]);

  return {
    row: kept?.row,
    keep(active: number) {
      row.current = Math.max(0, active);
    },
  };
}
