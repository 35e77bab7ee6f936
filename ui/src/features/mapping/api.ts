import { useRpc, useRpcMutation } from "~/ipc/hooks";

export const useConnections = () => useRpc("connections", {});
export const useMapping = (connection_id: string | undefined, department: string | undefined) =>
  useRpc(
    "mapping",
    { connection_id: connection_id ?? "", department_id: department ?? null },
    { enabled: connection_id !== undefined },
  );
export const useSaveMapping = () => useRpcMutation("save_mapping");
export const useStartExport = () => useRpcMutation("start_export");
export const useRefresh = () => useRpcMutation("refresh_reference_data");
