import { useRpc, useRpcMutation } from "~/ipc/hooks";

export const useConflicts = () => useRpc("conflicts", {});
export const useReadChanges = () => useRpcMutation("read_changes");
export const useDecide = () => useRpcMutation("decide_conflict");
