import { create } from "zustand";
import { type GridSelection, NOTHING_SELECTED } from "~/ui/grid";

/** The row whose panel is open, and where it stands in the list. */
export interface Peeked {
  /** Filter and order of the list it stands in; in another list it stands elsewhere. */
  list: string;
  id: string;
  kind: string;
  index: number;
}

interface Memory {
  /** The filter that the selection was made in; another one starts with nothing selected. */
  filter: string;
  selection: GridSelection;
  peeked: Peeked | null;
  select: (filter: string, selection: GridSelection) => void;
  peek: (peeked: Peeked | null) => void;
}

/** What is selected and open in the list while a person is in an invoice and back. */
export const useListMemory = create<Memory>((set) => ({
  filter: "",
  selection: NOTHING_SELECTED,
  peeked: null,
  select: (filter, selection) => set({ filter, selection }),
  peek: (peeked) => set({ peeked }),
}));
