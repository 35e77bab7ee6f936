import { useCallback, useMemo, useState } from "react";
import type { ColumnChoice } from "~/ipc/gen/ColumnChoice";
import { useListSetup } from "~/ipc/lists";
import * as arranging from "./arranging";
import { type GridColumn, widthOf } from "./columns";

/** The columns of a list as a person arranged them, and how to arrange them anew. */
export interface Arranging<R> {
  /** Those that are shown, in their order. */
  columns: readonly GridColumn<R>[];
  /** All, also the hidden ones, in their order. */
  choices: readonly ColumnChoice[];
  isTouched: boolean;
  move: (id: string, to: string) => void;
  /** One place to the left or right among those that are shown. */
  step: (id: string, by: -1 | 1) => void;
  show: (id: string, isShown: boolean) => void;
  /** Wider or narrower by so many pixels. */
  widen: (id: string, by_px: number) => void;
  /** While it is dragged; kept when it is let go. */
  drag: (id: string, width_px: number, isDone: boolean) => void;
  resetWidth: (id: string) => void;
  reset: () => void;
}

const NONE: readonly ColumnChoice[] = [];

/** Nothing where the list has no name to remember it by. */
export function useArranging<R>(
  name: string | undefined,
  all: readonly GridColumn<R>[],
): Arranging<R> | null {
  const { setup, change } = useListSetup(name);
  const [dragged, setDragged] = useState<ColumnChoice[] | null>(null);
  const kept = setup?.columns ?? NONE;
  const choices = useMemo(() => dragged ?? arranging.choicesOf(all, kept), [all, kept, dragged]);
  const columns = useMemo(() => arranging.arranged(all, choices), [all, choices]);
  const keep = useCallback(
    (next: readonly ColumnChoice[]) => change({ columns: [...next] }),
    [change],
  );
  return useMemo(() => {
    if (name === undefined) return null;
    const move = (id: string, to: string) => keep(arranging.moved(all, choices, id, to));
    return {
      columns,
      choices,
      isTouched: kept.length > 0,
      move,
      step(id, by) {
        const at = columns.findIndex((column) => column.id === id);
        const to = columns[at + by];
        if (at >= 0 && to) move(id, to.id);
      },
      show: (id, isShown) => keep(arranging.shown(all, choices, id, isShown)),
      widen(id, by_px) {
        const column = columns.find((c) => c.id === id);
        if (column) keep(arranging.sized(choices, id, widthOf(column) + by_px));
      },
      drag(id, width_px, isDone) {
        const next = arranging.sized(choices, id, width_px);
        setDragged(isDone ? null : next);
        if (isDone) keep(next);
      },
      resetWidth: (id) => keep(arranging.sized(choices, id, null)),
      reset: () => keep([]),
    };
  }, [name, all, columns, choices, kept.length, keep]);
}
