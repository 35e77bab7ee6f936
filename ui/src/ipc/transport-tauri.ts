import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { faultOf, RpcError } from "./errors";
import type { Transport } from "./transport";

async function invokeOrFault<T>(name: string, args: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(name, args);
  } catch (thrown) {
    throw new RpcError(faultOf(thrown));
  }
}

/** Inside the desktop window: one command carries every call, so the window needs one permission. */
export const tauriTransport: Transport = {
  async call(name, request, signal) {
    signal?.throwIfAborted();
    return invokeOrFault("rpc", { name, request: request ?? {} });
  },
  listen(event, receive) {
    const subscription = listen(event, (e) => receive(e.payload as never));
    return () => {
      subscription.then((stop) => stop());
    };
  },
  host: {
    openAddress: (address) => invokeOrFault("open_address", { address }),
    async openFile(path) {
      await invokeOrFault("open_file", { path });
      return true;
    },
    async chooseFolder() {
      return (await invokeOrFault<string | null>("choose_folder", {})) ?? undefined;
    },
  },
};
