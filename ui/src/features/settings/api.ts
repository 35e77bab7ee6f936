import { useQueryClient } from "@tanstack/react-query";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { useRpc, useRpcMutation } from "~/ipc/hooks";

export const useDeskStatus = () => useRpc("desk_status", {});
export const useTables = () => useRpc("school_tables", {});
export const useServices = (include_inactive: boolean) =>
  useRpc("list_services", { query: "", include_inactive }, { keepPrevious: true });
export const useSaveService = () => useRpcMutation("save_service");
export const useMilestones = () => useRpc("list_milestones", {});
export const useSaveMethod = () => useRpcMutation("save_payment_method");
export const useSaveMilestone = () => useRpcMutation("save_milestone");
export const useVerify = () => useRpcMutation("verify_book");

export const useReminderSettings = () => useRpc("reminder_settings", {});
export const useSaveReminderSettings = () => useRpcMutation("save_reminder_settings");
export const useMailSettings = () => useRpc("mail_settings", {});
export const useSaveMailSettings = () => useRpcMutation("save_mail_settings");
export const useCheckMail = () => useRpcMutation("check_mail");
export const useSmsSettings = () => useRpc("sms_settings", {});
export const useSaveSmsSettings = () => useRpcMutation("save_sms_settings");
export const useTrySms = () => useRpcMutation("try_sms");
export const useGateRules = () => useRpc("gate_rules", {});
export const useSaveGateRule = () => useRpcMutation("save_gate_rule");
export const useSaveBuckets = () => useRpcMutation("save_ageing_buckets");
export const useUsers = () => useRpc("list_users", {});
export const useSaveUser = () => useRpcMutation("save_user");
export const useResetPassword = () => useRpcMutation("reset_password");
export const useSaveDepartment = () => useRpcMutation("save_department");
export const useSetIdleLock = () => useRpcMutation("set_idle_lock");
export const useNotices = () => useRpc("notice_settings", {});
export const useSaveNotices = () => useRpcMutation("save_notice_settings");

/** Locking and removing change what the whole window is: the gate reads it at once. */
function useNewStatus() {
  const client = useQueryClient();
  return (status: DeskStatus) => {
    client.setQueryData(["desk_status", {}], status);
  };
}

export function useLock() {
  const onSuccess = useNewStatus();
  const { mutate, ...rest } = useRpcMutation("lock_book");
  return { ...rest, run: () => mutate({}, { onSuccess }) };
}

export function useRemoveSample() {
  const onSuccess = useNewStatus();
  const { mutate, ...rest } = useRpcMutation("remove_sample_school");
  return { ...rest, run: () => mutate({}, { onSuccess }) };
}
