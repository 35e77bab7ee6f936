import { useEffect, useRef } from "react";
import type { SavedView } from "~/ipc/gen/SavedView";
import { useListDesk, useListSetup } from "~/ipc/lists";
import { cameBack } from "./arrival";
import { addressFrom, addressText } from "./filters";

export interface ListViews {
  list: string;
  views: readonly SavedView[];
  /** The view that the address is. */
  shown: SavedView | undefined;
  /** The view that was shown last, from which the address may have moved on. */
  last: SavedView | undefined;
  defaultId: string | null;
  /** The address as it would be kept. */
  text: string;
  open: (view: SavedView) => void;
  setDefault: (id: string | null) => void;
}

export interface Viewed {
  /** Names the list in the book. */
  list: string;
  /** What stands in its address. */
  address: object;
  /** Parts of the address that are no filter: an open panel or form. */
  except?: readonly string[];
  /** Goes to the list with just this address. */
  onShow: (address: Record<string, unknown>) => void;
}

/** The views of a list. One that the list opens with is shown when nothing else is asked for. */
export function useViews({ list, address, except, onShow }: Viewed): ListViews {
  const desk = useListDesk();
  const { isKnown, setup, change } = useListSetup(list);
  const views = desk?.views.filter((view) => view.list === list) ?? [];
  const text = addressText(address, except);
  const shown = views.find((view) => addressText(addressFrom(view.address)) === text);
  const lastId = useRef<string | undefined>(undefined);
  if (shown) lastId.current = shown.id;
  const opening = views.find((view) => view.id === setup?.default_view);
  const isAsked = useRef(addressText(address) !== "{}" || cameBack());

  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, when what is kept is known
  useEffect(() => {
    if (!isKnown || isAsked.current) return;
    isAsked.current = true;
    if (opening) onShow(addressFrom(opening.address));
  }, [isKnown]);

  return {
    list,
    views,
    shown,
    last: shown ?? views.find((view) => view.id === lastId.current),
    defaultId: setup?.default_view ?? null,
    text,
    open: (view) => onShow(addressFrom(view.address)),
    setDefault: (id) => change({ default_view: id }),
  };
}
