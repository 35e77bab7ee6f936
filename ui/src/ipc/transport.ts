/** The two things the backend tells without being asked. */
export interface BackendEvents {
  /** Something in the books changed; `tags` name the query keys that are stale. */
  changed: { tags: string[] };
  /** Work that takes longer than a second reports how far it is. */
  progress: { job: string; done: number; total: number; state: string; label?: string };
}

export type BackendEventName = keyof BackendEvents;

export type Unlisten = () => void;

/** How a call reaches the backend. Knows no names, types or screens. */
export interface Transport {
  call(name: string, request: unknown, signal?: AbortSignal): Promise<unknown>;
  listen<E extends BackendEventName>(
    event: E,
    receive: (payload: BackendEvents[E]) => void,
  ): Unlisten;
}
