import { keepPreviousData, type QueryClient, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { listen, type RpcName, type RpcRequest, type RpcResponse, rpc } from "./client";
import type { RpcError } from "./errors";
import { TAGS } from "./gen/tags";
import type { BackendEvents } from "./transport";

/**
 * Reads from the backend. `tag` comes first in the query key, so a `changed` event that names the
 * tag makes this answer stale; an answer made of several areas names all of them, with spaces.
 */
export function useRpc<N extends RpcName>(
  tag: string,
  name: N,
  request: RpcRequest<N>,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
) {
  return useQuery<RpcResponse<N>, RpcError>({
    queryKey: [tag, name, request],
    queryFn: ({ signal }) => rpc(name, request, signal),
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

/** The tags of a query: those its key names, and those the backend says its answer follows. */
function tagsOf([tags, name]: readonly unknown[]): readonly string[] {
  const told = typeof name === "string" && name in TAGS ? TAGS[name as RpcName].tags : [];
  return [...String(tags).split(" "), ...told];
}

/** Marks every query stale that has one of the tags. */
export function invalidateTags(client: QueryClient, tags: readonly string[]): Promise<void> {
  const stale = new Set(tags);
  return client.invalidateQueries({
    predicate: (q) => tagsOf(q.queryKey).some((tag) => stale.has(tag)),
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
