import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import { useRpc, useRpcMutation } from "~/ipc/hooks";

/** Templates are priced like drafts and say what became of their dates. */

export const useRecurringList = () => useRpc("list_recurring", {});

export const useRecurring = (id: string) => useRpc("find_recurring", { id });

export const useDates = (template: SaveRecurring, isWanted: boolean) =>
  useRpc("preview_recurring", template, { enabled: isWanted, keepPrevious: true });

export const usePriced = (draft: DraftInput) =>
  useRpc("price_draft", draft, { keepPrevious: true });

export const useSave = () => useRpcMutation("save_recurring");
export const useSetState = () => useRpcMutation("set_recurring_state");
export const useMake = () => useRpcMutation("make_recurring");
