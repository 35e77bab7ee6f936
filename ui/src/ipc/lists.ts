/* What a person keeps of the lists: views and columns. Known in every list, so read once. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type RpcName, type RpcRequest, rpc } from "./client";
import type { RpcError } from "./errors";
import type { ListDesk } from "./gen/ListDesk";
import type { ListSetup } from "./gen/ListSetup";
import { useRpc } from "./hooks";

const KEY = ["list_desk", {}] as const;

/** Everything kept of the lists; not asked for a list without a name. */
export const useListDesk = (enabled = true) => useRpc("list_desk", {}, { enabled }).data;

type Change = "save_view" | "delete_view" | "set_list";

/** Every change answers with all that is kept, so that it shows at once. */
function useChange<N extends Change & RpcName>(name: N) {
  const client = useQueryClient();
  return useMutation<ListDesk, RpcError, RpcRequest<N>>({
    mutationFn: (request) => rpc(name, request) as Promise<ListDesk>,
    onSuccess: (desk) => client.setQueryData(KEY, desk),
  });
}

export const useSaveView = () => useChange("save_view");
export const useDeleteView = () => useChange("delete_view");

const untouched = (list: string): ListSetup => ({ list, columns: [], default_view: null });

/** How this person has set up a list, and how to change a part of it. */
export function useListSetup(list: string | undefined) {
  const client = useQueryClient();
  const desk = useListDesk(list !== undefined);
  const { mutate } = useChange("set_list");
  const setup = desk?.setups.find((kept) => kept.list === list);
  const change = useCallback(
    (part: Partial<Omit<ListSetup, "list">>) => {
      if (list === undefined) return;
      const held = client.getQueryData<ListDesk>(KEY) ?? { views: [], setups: [] };
      const kept = held.setups.find((s) => s.list === list) ?? untouched(list);
      const next = { ...kept, ...part };
      // The list stands anew while the book is still writing it down.
      client.setQueryData<ListDesk>(KEY, {
        ...held,
        setups: [...held.setups.filter((s) => s.list !== list), next],
      });
      mutate(next);
    },
    [client, list, mutate],
  );
  return { isKnown: desk !== undefined, setup, change };
}
