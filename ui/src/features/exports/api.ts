import { rpc } from "~/ipc/client";
import type { ExportPage } from "~/ipc/gen/ExportPage";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, useWindowedRows } from "~/ui/grid";
import type { ExportsSearch } from "./routes";

export const useExports = (search: ExportsSearch, sort: SortBy) => {
  const request = {
    connection_id: search.connection ?? null,
    view: search.view ?? "all",
    query: search.query ?? "",
    kind: search.kind ?? null,
    from: search.from ?? null,
    to: search.to ?? null,
    order: { by: sort.column, descending: sort.direction === "descending" },
  };
  return useWindowedRows<ExportRow, ExportPage>({
    queryKey: ["list_exports", request],
    fetchPage: (offset, limit, signal) =>
      rpc("list_exports", { ...request, window: { offset, limit } }, signal),
  });
};

export const useExportStatus = () => useRpc("export_status", {});
export const useExport = (id: string) => useRpc("find_export", { id });
export const useStartExport = () => useRpcMutation("start_export");
export const useExportCsv = () => useRpcMutation("export_csv");
