import { faultOf, RpcError } from "./errors";
import type { BackendEventName, Host, Transport } from "./transport";

export interface HttpTransportOptions {
  base: string;
  token: string;
  /** How long to wait before the event stream is opened again after it broke. */
  retry_ms?: number;
}

type Receive = (payload: never) => void;

/** One server-sent event block: its name and its data lines joined. */
export function parseEventBlock(block: string): { event: string; data: string } {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return { event, data: data.join("\n") };
}

async function refusal(response: Response): Promise<RpcError> {
  const body = await response.text();
  try {
    return new RpcError(faultOf(JSON.parse(body)));
  } catch {
    return new RpcError({ code: "unreachable", message: `${response.status}: ${body}` });
  }
}

/** A browser may show an address; it neither opens files of the machine nor asks for folders. */
const browserHost: Host = {
  async openAddress(address) {
    window.open(address, "_blank", "noopener,noreferrer");
  },
  openFile: async () => false,
  chooseFolder: async () => null,
};

/**
 * In a browser: calls are POSTs and events are one stream read with `fetch`, because `EventSource`
 * cannot send the bearer token.
 */
export function httpTransport({ base, token, retry_ms = 1000 }: HttpTransportOptions): Transport {
  const listeners = new Map<BackendEventName, Set<Receive>>();
  let streaming = false;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };

  function deliver(block: string) {
    const { event, data } = parseEventBlock(block);
    if (data === "") return;
    for (const receive of listeners.get(event as BackendEventName) ?? [])
      receive(JSON.parse(data) as never);
  }

  async function readOnce() {
    const response = await fetch(`${base}/events`, { headers });
    if (!response.ok || response.body === null) throw await refusal(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop() ?? "";
      blocks.forEach(deliver);
    }
  }

  async function readForever() {
    while (listeners.size > 0) {
      // A broken stream is opened again; the calls themselves report that the backend is gone.
      await readOnce().catch(() => undefined);
      await new Promise((wake) => setTimeout(wake, retry_ms));
    }
    streaming = false;
  }

  return {
    async call(name, request, signal) {
      const response = await fetch(`${base}/rpc/${name}`, {
        method: "POST",
        headers,
        body: JSON.stringify(request ?? {}),
        signal,
      }).catch((thrown: unknown) => {
        if (signal?.aborted) throw thrown;
        throw new RpcError({ code: "unreachable", message: String(thrown) });
      });
      if (!response.ok) throw await refusal(response);
      const body = await response.text();
      return body === "" ? null : JSON.parse(body);
    },
    listen(event, receive) {
      const set = listeners.get(event) ?? new Set<Receive>();
      set.add(receive as Receive);
      listeners.set(event, set);
      if (!streaming) {
        streaming = true;
        readForever();
      }
      return () => {
        set.delete(receive as Receive);
        if (set.size === 0) listeners.delete(event);
      };
    },
    host: browserHost,
  };
}
