/* Which cause is open, and where a person goes on when it leaves the list. */
import { type RefObject, useEffect, useRef } from "react";
import type { CauseView } from "~/ipc/gen/CauseView";

/** What took the place of a cause that is gone: the next that is left, else the one before it. */
export function successorOf(
  before: readonly string[],
  gone: string | undefined,
  now: readonly string[],
): string | undefined {
  const at = gone === undefined ? -1 : before.indexOf(gone);
  if (at < 0) return undefined;
  const inTurn = [...before.slice(at + 1), ...before.slice(0, at).reverse()];
  return inTurn.find((id) => now.includes(id));
}

/** Who is elsewhere, such as in a dialog or at a notice, is left there. */
const isFocusLost = () =>
  document.activeElement === null || document.activeElement === document.body;

export interface OpenCause {
  open: CauseView | undefined;
  /** Holds the list, or what is said where nothing is left. */
  place: RefObject<HTMLDivElement | null>;
}

/**
 * The cause in the address, or the first. One that was mended leaves the list, and takes the button
 * that had the focus with it: then the next one opens and has the focus, or what says that nothing
 * is left.
 */
export function useOpenCause(
  all: readonly CauseView[] | undefined,
  wanted: string | undefined,
): OpenCause {
  const seen = useRef<{ ids: readonly string[]; open?: string }>({ ids: [] });
  const place = useRef<HTMLDivElement>(null);
  const ids = all?.map((cause) => cause.id) ?? [];
  const next = successorOf(seen.current.ids, seen.current.open, ids);
  const find = (id: string | undefined) => all?.find((cause) => cause.id === id);
  const open = find(wanted) ?? find(seen.current.open) ?? find(next) ?? all?.[0];
  useEffect(() => {
    if (all === undefined) return;
    const left = seen.current.open;
    seen.current = { ids, open: open?.id };
    if (left === undefined || ids.includes(left) || !isFocusLost()) return;
    const row = place.current?.querySelector<HTMLElement>("button[aria-current]");
    (row ?? place.current)?.focus();
  });
  return { open, place };
}
