import { rpc } from "~/ipc/client";
import type { AuditPage } from "~/ipc/gen/AuditPage";
import type { AuditRow } from "~/ipc/gen/AuditRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { useWindowedRows } from "~/ui/grid";
import { filterOf } from "./filter";
import type { AuditSearch } from "./routes";

export function useAudit(search: AuditSearch) {
  const filter = filterOf(search);
  return useWindowedRows<AuditRow, AuditPage>({
    queryKey: ["list_audit", filter],
    fetchPage: (offset, limit, signal) =>
      rpc("list_audit", { filter, window: { offset, limit } }, signal),
  });
}

export const useEntry = (id: string) => useRpc("find_audit_entry", { id });
export const useChoices = () => useRpc("audit_choices", {});
export const useToday = () => useRpc("desk_status", {}).data?.today;
export const useExportAudit = () => useRpcMutation("export_audit");
export const useVerify = () => useRpcMutation("verify_book");
