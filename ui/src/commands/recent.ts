/*
 * What was looked at last, for the palette. Held by the window alone and only while it stands: names
 * of students do not belong into the browser's storage, which is not encrypted.
 */
import { useEffect } from "react";
import { create } from "zustand";
import type { LucideIcon } from "~/ui/primitives";

export interface RecentItem {
  /** Where its page is. */
  path: string;
  icon: LucideIcon;
  label: string;
  detail?: string;
}

const MOST = 8;

export const useRecents = create<{ items: readonly RecentItem[] }>(() => ({ items: [] }));

export function noteRecent(item: RecentItem): void {
  useRecents.setState(({ items }) => ({
    items: [item, ...items.filter((other) => other.path !== item.path)].slice(0, MOST),
  }));
}

/** Somebody else sits here now. */
export const forgetRecents = (): void => useRecents.setState({ items: [] });

/** Notes the page that is open, once it is known what it shows. */
export function useRecent({ path, icon, label, detail }: RecentItem): void {
  useEffect(() => {
    if (label !== "") noteRecent({ path, icon, label, detail });
  }, [path, icon, label, detail]);
}
