import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { faultOf, RpcError } from "./errors";
import type { Transport } from "./transport";

/** Inside the desktop window: one command carries every call, so the window needs one permission. */
export const tauriTransport: Transport = {
  async call(name, request, signal) {
    signal?.throwIfAborted();
    try {
      return await invoke("rpc", { name, request: request ?? {} });
    } catch (thrown) {
      throw new RpcError(faultOf(thrown));
    }
  },
  listen(event, receive) {
    const subscription = listen(event, (e) => receive(e.payload as never));
    return () => {
      subscription.then((stop) => stop());
    };
  },
};
