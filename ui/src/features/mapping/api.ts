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
export const useRules = (connection_id: string, department: string | undefined) =>
  useRpc("mapping_rules", { connection_id, department_id: department ?? null });
export const useSaveRules = () => useRpcMutation("save_mapping_rules");
export const useVersions = (connection_id: string) => useRpc("mapping_versions", { connection_id });
export const useRollBack = () => useRpcMutation("roll_back_mapping");
/** Asked anew each time: the mapping or the document may have changed. */
export const useRehearsal = (connection_id: string, number: string | null) =>
  useRpc("rehearse_mapping", { connection_id, number: number ?? "" }, { enabled: number !== null });
