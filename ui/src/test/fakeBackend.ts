import { replaceTransport } from "~/ipc/client";
import { type Fault, RpcError } from "~/ipc/errors";
import type { BackendEventName, BackendEvents, Transport } from "~/ipc/transport";

type Answer = (request: never) => unknown;

export interface FakeBackend {
  calls: { name: string; request: unknown }[];
  emit: <E extends BackendEventName>(event: E, payload: BackendEvents[E]) => void;
}

export const refuse = (fault: Fault): never => {
  throw new RpcError(fault);
};

/** Stands in for the backend: each name with the function that answers it. */
export function fakeBackend(answers: Record<string, Answer>): FakeBackend {
  const calls: FakeBackend["calls"] = [];
  const listeners = new Map<BackendEventName, Set<(payload: never) => void>>();
  const transport: Transport = {
    async call(name, request) {
      calls.push({ name, request });
      const answer = answers[name];
      if (!answer) return refuse({ code: "not_found", message: `no answer for ${name}` });
      return answer(request as never);
    },
    listen(event, receive) {
      const set = listeners.get(event) ?? new Set();
      set.add(receive as (payload: never) => void);
      listeners.set(event, set);
      return () => set.delete(receive as (payload: never) => void);
    },
    host: {
      async openAddress(address) {
        calls.push({ name: "open_address", request: { address } });
      },
      async openFile(path) {
        calls.push({ name: "open_file", request: { path } });
        return true;
      },
      chooseFolder: async () => (answers.choose_folder?.({} as never) ?? null) as string | null,
    },
  };
  replaceTransport(transport);
  return {
    calls,
    emit(event, payload) {
      for (const receive of listeners.get(event) ?? []) receive(payload as never);
    },
  };
}
