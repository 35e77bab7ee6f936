import type { QueryClient } from "@tanstack/react-query";
import { rpc } from "~/ipc/client";
import type { AuditPage } from "~/ipc/gen/AuditPage";
import type { AuditRow } from "~/ipc/gen/AuditRow";
import { rpcQuery, useRpc, useRpcMutation } from "~/ipc/hooks";
import { useWindowedRows, type WindowedRowsOptions } from "~/ui/grid";
import { filterOf } from "./filter";
import type { AuditSearch } from "./routes";

export function auditOf(search: AuditSearch): WindowedRowsOptions<AuditRow, AuditPage> {
  const filter = filterOf(search);
  return {
    queryKey: ["list_audit", filter],
    fetchPage: (offset, limit, signal) =>
      rpc("list_audit", { filter, window: { offset, limit } }, signal),
  };
}

export const useAudit = (search: AuditSearch) => useWindowedRows(auditOf(search));

export const useEntry = (id: string) => useRpc("find_audit_entry", { id });
export const useChoices = () => useRpc("audit_choices", {});
/** What the filters offer, asked for with the rows they stand above. */
export const firstChoices = (client: QueryClient) =>
  client.prefetchQuery(rpcQuery("audit_choices", {}));
export const useToday = () => useRpc("desk_status", {}).data?.today;
export const useExportAudit = () => useRpcMutation("export_audit");
export const useVerify = () => useRpcMutation("verify_book");
