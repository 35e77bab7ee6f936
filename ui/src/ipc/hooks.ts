import { keepPreviousData, type QueryClient, useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { listen, type RpcName, type RpcRequest, type RpcResponse, rpc } from "./client";
import type { RpcError } from "./errors";
import { TAGS } from "./gen/tags";
import type { BackendEvents } from "./transport";

/**
 * Reads from the backend. The command's name comes first in the query key, whoever asks: so a
 * `changed` event finds every answer that the backend says follows its tags.
 */
export const rpcQuery = <N extends RpcName>(name: N, request: RpcRequest<N>) => ({
  queryKey: [name, request],
  queryFn: ({ signal }: { signal: AbortSignal }) => rpc(name, request, signal),
});

export function useRpc<N extends RpcName>(
  name: N,
  request: RpcRequest<N>,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
) {
  return useQuery<RpcResponse<N>, RpcError>({
    ...rpcQuery(name, request),
    enabled: options.enabled,
    placeholderData: options.keepPrevious ? keepPreviousData : undefined,
  });
}

/** Changes something. What became stale is told by the backend, never guessed here. */
export function useRpcMutation<N extends RpcName>(name: N) {
  return useMutation<RpcResponse<N>, RpcError, RpcRequest<N>>({
    mutationFn: (request) => rpc(name, request),
  });
}

/** The tags that the backend says a query's answer follows. */
function tagsOf([name]: readonly unknown[]): readonly string[] {
  return typeof name === "string" && name in TAGS ? TAGS[name as RpcName].tags : [];
}

/** Whether a query asks about the desk, and not about what is in the open book. */
export const isOfDesk = (key: readonly unknown[]) => tagsOf(key).includes("desk");

/** Marks every query stale that has one of the tags; all of them where everything is another. */
export function invalidateTags(client: QueryClient, tags: readonly string[]): Promise<void> {
  const stale = new Set(tags);
  return client.invalidateQueries({
    predicate: (q) => stale.has("everything") || tagsOf(q.queryKey).some((tag) => stale.has(tag)),
  });
}

let isResting = false;

/** While a window is locked nothing but the desk's own state can be read again. */
export function restInvalidation(rests: boolean): void {
  isResting = rests;
}

export function useInvalidation(client: QueryClient): void {
  useEffect(
    () =>
      listen("changed", ({ tags }) => {
        const stale = isResting ? tags.filter((tag) => tag === "desk") : tags;
        void invalidateTags(client, stale);
      }),
    [client],
  );
}

/** Follows long work while the component is mounted. */
export function useProgress(receive: (progress: BackendEvents["progress"]) => void): void {
  useEffect(() => listen("progress", receive), [receive]);
}

export interface Done {
  done: number;
  total: number;
}

/** How far work of a kind has come; null while none tells of itself. */
export function useDone(job: string): Done | null {
  const [progress, setProgress] = useState<Done | null>(null);
  useProgress(
    useCallback(
      (told) => {
        if (told.job !== job) return;
        setProgress(told.state === "running" ? { done: told.done, total: told.total } : null);
      },
      [job],
    ),
  );
  return progress;
}
