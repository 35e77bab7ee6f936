import type { AgeingRequest } from "~/ipc/gen/AgeingRequest";
import { useRpc } from "~/ipc/hooks";

export const useAgeing = (request: AgeingRequest) =>
  useRpc("students invoices payments", "ageing", request, { keepPrevious: true });
