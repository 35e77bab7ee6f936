import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import { useRpc, useRpcMutation } from "~/ipc/hooks";

/** Templates are priced like drafts and say what became of their dates. */
const RECURRING = "recurring invoices students services";

export const useRecurringList = () => useRpc(RECURRING, "list_recurring", {});

export const useRecurring = (id: string) => useRpc(RECURRING, "find_recurring", { id });

export const useDates = (template: SaveRecurring, isWanted: boolean) =>
  useRpc(RECURRING, "preview_recurring", template, { enabled: isWanted, keepPrevious: true });

export const usePriced = (draft: DraftInput) =>
  useRpc(RECURRING, "price_draft", draft, { keepPrevious: true });

export const useSave = () => useRpcMutation("save_recurring");
export const useSetState = () => useRpcMutation("set_recurring_state");
export const useMake = () => useRpcMutation("make_recurring");
