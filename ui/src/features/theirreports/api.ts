import { useRpc, useRpcMutation } from "~/ipc/hooks";

export const useReports = (connection_id: string) =>
  useRpc("provider_reports", { connection_id }, { enabled: connection_id !== "" });
export const useReport = (id: string) =>
  useRpc("provider_report", { id }, { enabled: id !== "", keepPrevious: true });
export const useRead = () => useRpcMutation("read_provider_report");
export const useFile = () => useRpcMutation("provider_report_file");
