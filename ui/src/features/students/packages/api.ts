import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";

export const usePackages = (student_id: string) => useRpc("student_packages", { student_id });
export const useMilestones = (student_id: string, service_id: string | null) =>
  useRpc("milestones", { student_id, service_id }, { keepPrevious: true });
export const useDraw = () => useRpcMutation("draw_package");
export const useGiveBack = () => useRpcMutation("return_draw");
export const useExtend = () => useRpcMutation("extend_package");
export const useRefundRest = () => useRpcMutation("refund_package");
export const useWaive = () => useRpcMutation("override_milestone");

const NONE: readonly ServiceRow[] = [];
export const useOffered = (): readonly ServiceRow[] =>
  useRpc("list_services", { query: "", include_inactive: false }).data?.rows ?? NONE;
