import { rpc } from "~/ipc/client";
import type { ExportPage } from "~/ipc/gen/ExportPage";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, useWindowedRows } from "~/ui/grid";

export interface ExportsWanted {
  view: string;
  query: string;
  connectionId: string | null;
  sort: SortBy;
}

export const useExports = ({ view, query, connectionId, sort }: ExportsWanted) =>
  useWindowedRows<ExportRow, ExportPage>({
    queryKey: ["exports", "list_exports", view, query, connectionId, sort],
    fetchPage: (offset, limit, signal) =>
      rpc(
        "list_exports",
        {
          connection_id: connectionId,
          view,
          query,
          order: { by: sort.column, descending: sort.direction === "descending" },
          window: { offset, limit },
        },
        signal,
      ),
  });

export const useExportStatus = () => useRpc("exports", "export_status", {});
export const useExport = (id: string) => useRpc("exports", "find_export", { id });
export const useStartExport = () => useRpcMutation("start_export");
export const useExportCsv = () => useRpcMutation("export_csv");
