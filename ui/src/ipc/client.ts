import type { RpcSchema } from "./schema";
import type { BackendEventName, BackendEvents, Host, Transport, Unlisten } from "./transport";
import { httpTransport } from "./transport-http";

export type RpcName = Extract<keyof RpcSchema, string>;
export type RpcRequest<N extends RpcName> = RpcSchema[N]["request"];
export type RpcResponse<N extends RpcName> = RpcSchema[N]["response"];

let transport: Transport | undefined;

function meta(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
}

/**
 * `?api=…` and `#token=…` are read once and taken out of the address, which may be copied, and whose
 * search the router would take for that of a screen.
 */
function bootstrapFromAddress(): { base?: string; token?: string } {
  const search = new URLSearchParams(location.search);
  const hash = new URLSearchParams(location.hash.replace(/^#/, ""));
  const base = search.get("api") ?? undefined;
  const token = hash.get("token") ?? undefined;
  if (token !== undefined) history.replaceState(null, "", location.pathname);
  return { base, token };
}

/** Chooses how calls travel. Must have finished before the first `rpc`. */
export async function connect(): Promise<void> {
  if ("__TAURI_INTERNALS__" in window) {
    transport = (await import("./transport-tauri")).tauriTransport;
    return;
  }
  const address = bootstrapFromAddress();
  transport = httpTransport({
    base: (address.base ?? meta("kontor-api") ?? "").replace(/\/$/, ""),
    token: address.token ?? meta("kontor-token") ?? "",
  });
}

/** Lets a test stand in for the backend. */
export function replaceTransport(replacement: Transport): void {
  transport = replacement;
}

function connected(): Transport {
  if (transport === undefined) throw new Error("connect() has not run");
  return transport;
}

/** Calls one procedure of the backend. Rejects with `RpcError`. */
export function rpc<N extends RpcName>(
  name: N,
  request: RpcRequest<N>,
  signal?: AbortSignal,
): Promise<RpcResponse<N>> {
  return connected().call(name, request, signal) as Promise<RpcResponse<N>>;
}

export function listen<E extends BackendEventName>(
  event: E,
  receive: (payload: BackendEvents[E]) => void,
): Unlisten {
  return connected().listen(event, receive);
}

/** The machine around the window. Screens use `~/ipc/host`. */
export const host = (): Host => connected().host;
