import type { ReconciliationRequest } from "~/ipc/gen/ReconciliationRequest";
import { useRpc, useRpcMutation } from "~/ipc/hooks";

export const useReconciliation = (request: ReconciliationRequest) =>
  useRpc("reconciliation", request, { enabled: request.connection_id !== "", keepPrevious: true });
export const useRead = () => useRpcMutation("read_reconciliation");
export const useAccept = () => useRpcMutation("accept_difference");
export const useSendAgain = () => useRpcMutation("send_again");
export const useSignOff = () => useRpcMutation("sign_off_period");
