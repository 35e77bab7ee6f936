import { useQuery } from "@tanstack/react-query";
import { rpc } from "~/ipc/client";
import type { RpcError } from "~/ipc/errors";
import type { SignInView } from "~/ipc/gen/SignInView";
import { useRpc, useRpcMutation } from "~/ipc/hooks";

/** The browser is outside of what the backend can tell; the desk asks while it waits. */
const ASK_AGAIN_MS = 1000;

export const useConnections = () => useRpc("connections", {});
export const useExportStatus = () => useRpc("export_status", {});

export const useStartSignIn = () => useRpcMutation("start_sign_in");
export const useFinishSignIn = () => useRpcMutation("finish_sign_in");
export const useChooseCompany = () => useRpcMutation("choose_company");
export const useCancelSignIn = () => useRpcMutation("cancel_sign_in");
export const useCheck = () => useRpcMutation("check_connection");
export const useRefresh = () => useRpcMutation("refresh_reference_data");
export const useConnectFolder = () => useRpcMutation("connect_folder");
export const useStartExport = () => useRpcMutation("start_export");
export const useSchedule = (id: string) => useRpc("connection_schedule", { id });
export const useSaveSchedule = () => useRpcMutation("save_connection_schedule");
export const useAttachments = (id: string) => useRpc("connection_attachments", { id });
export const useSaveAttachments = () => useRpcMutation("save_connection_attachments");
export const useChooseBooking = () => useRpcMutation("choose_booking");
export const useDisconnect = () => useRpcMutation("disconnect");

/** How a sign-in stands, asked again while the person is in the browser. */
export const useSignInStatus = (sign_in_id: string) =>
  useQuery<SignInView, RpcError>({
    queryKey: ["sign_in_status", sign_in_id],
    queryFn: ({ signal }) => rpc("sign_in_status", { sign_in_id }, signal),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === "waiting" ? ASK_AGAIN_MS : false,
  });
