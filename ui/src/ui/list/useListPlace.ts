import { create } from "zustand";
import { type GridSelection, NOTHING_SELECTED } from "../grid";

/** The row whose panel is open, and where it stands in the list. */
export interface Peeked {
  /** Filter and order of the list it stands in; in another list it stands elsewhere. */
  order: string;
  id: string;
  index: number;
}

interface Kept {
  /** The filter that the selection was made in; another one starts with nothing selected. */
  filter: string;
  selection: GridSelection;
  peeked: Peeked | null;
}

const NOTHING: Kept = { filter: "", selection: NOTHING_SELECTED, peeked: null };

const useKept = create<{ lists: Record<string, Kept> }>(() => ({ lists: {} }));

function keep(list: string, change: Partial<Kept>) {
  useKept.setState(({ lists }) => ({
    lists: { ...lists, [list]: { ...NOTHING, ...lists[list], ...change } },
  }));
}

/** Forgets what was open and marked in every list: somebody else sits here now. */
export const forgetPlaces = (): void => useKept.setState({ lists: {} });

export interface ListPlace {
  peeked: Peeked | null;
  peek: (id: string, index: number) => void;
  unpeek: () => void;
  selection: GridSelection;
  select: (selection: GridSelection) => void;
}

/** What is marked and what is looked at in a list; both outlive a visit to one of its rows. */
export function useListPlace(list: string, filter: string, order: string): ListPlace {
  const { selection, peeked, ...kept } = useKept((all) => all.lists[list] ?? NOTHING);
  return {
    peeked: peeked?.order === order ? peeked : null,
    peek: (id, index) => keep(list, { peeked: { order, id, index } }),
    unpeek: () => keep(list, { peeked: null }),
    selection: kept.filter === filter ? selection : NOTHING_SELECTED,
    select: (next) => keep(list, { filter, selection: next }),
  };
}

export interface ListPeekProps<R> {
  id: string;
  /** Nothing where something that was changed meanwhile has moved the rows. */
  row: R | undefined;
  onClose: () => void;
  onPrevious?: () => void;
  onNext?: () => void;
}

interface Rows<R> {
  count: number;
  get: (index: number) => R | undefined;
}

/** What the panel beside a list is told: its row, and the way to the rows around it. */
export function peekProps<R>(
  place: ListPlace,
  rows: Rows<R>,
  rowId: (row: R) => string,
): ListPeekProps<R> | null {
  const { peeked, peek, unpeek } = place;
  if (peeked === null) return null;
  const { id, index } = peeked;
  const there = rows.get(index);
  const step = (to: number) => () => {
    const next = rows.get(to);
    if (next !== undefined) peek(rowId(next), to);
  };
  return {
    id,
    row: there !== undefined && rowId(there) === id ? there : undefined,
    onClose: unpeek,
    onPrevious: index > 0 ? step(index - 1) : undefined,
    onNext: index + 1 < rows.count ? step(index + 1) : undefined,
  };
}
