import { type RpcRequest, rpc } from "~/ipc/client";
import type { CauseRecords } from "~/ipc/gen/CauseRecords";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type GridSelection, isSelected, useWindowedRows } from "~/ui/grid";

export const useCauses = () => useRpc("export_causes", {});
export const useMapping = (
  connection_id: string,
  department_id: string | null,
  isWanted: boolean,
) => useRpc("mapping", { connection_id, department_id }, { enabled: isWanted });
export const useCandidates = (id: string) => useRpc("export_candidates", { id });
export const useSaveMapping = () => useRpcMutation("save_mapping");
/** From a notice, which outlives the cause that it is about. */
export const saveMapping = (request: RpcRequest<"save_mapping">) => rpc("save_mapping", request);
export const useReadAgain = () => useRpcMutation("refresh_reference_data");
export const useGive = () => useRpcMutation("give_cause");
export const useChangeStudent = () => useRpcMutation("change_student");
export const useSavePayer = () => useRpcMutation("save_payer");
export const useRetry = () => useRpcMutation("retry_exports");
export const useSettle = () => useRpcMutation("settle_exports");
export const useLink = () => useRpcMutation("link_export");

export const useCauseRows = (id: string) =>
  useWindowedRows<ExportRow, CauseRecords>({
    queryKey: ["cause_records", id],
    fetchPage: (offset, limit, signal) =>
      rpc("cause_records", { id, window: { offset, limit } }, signal),
  });

/** The most rows the backend gives in one window. */
const PAGE = 500;

/** The ids behind a selection of one cause; pages through when most of it is selected. */
export async function selectedIds(cause: string, selection: GridSelection): Promise<string[]> {
  if (selection.mode === "some") return [...selection.ids];
  const ids: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = await rpc("cause_records", {
      id: cause,
      window: { offset, limit: PAGE },
    });
    ids.push(...rows.map((row) => row.id).filter((id) => isSelected(selection, id)));
    if (rows.length === 0 || offset + rows.length >= total) return ids;
  }
}
