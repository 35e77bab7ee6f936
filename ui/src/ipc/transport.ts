/** What the backend and the desktop tell without being asked. */
export interface BackendEvents {
  /** Something in the books changed; `tags` name the query keys that are stale. */
  changed: { tags: string[] };
  /** Work that takes longer than a second reports how far it is. */
  progress: { job: string; done: number; total: number; state: string; label?: string };
  /** A notification on the desktop was clicked: this screen is wanted. */
  open: { path: string };
}

export type BackendEventName = keyof BackendEvents;

export type Unlisten = () => void;

/** What the machine around the window does for it. It is not the backend: it knows no books. */
export interface Host {
  /** Shows an https address in the person's own browser. */
  openAddress(address: string): Promise<void>;
  /** Opens a made file in its own program. False where the window cannot, as in a browser. */
  openFile(path: string): Promise<boolean>;
  /** A folder; undefined when the person thought better of it, null when nobody can be asked. */
  chooseFolder(): Promise<string | null | undefined>;
}

/** How a call reaches the backend. Knows no names, types or screens. */
export interface Transport {
  call(name: string, request: unknown, signal?: AbortSignal): Promise<unknown>;
  listen<E extends BackendEventName>(
    event: E,
    receive: (payload: BackendEvents[E]) => void,
  ): Unlisten;
  readonly host: Host;
}
