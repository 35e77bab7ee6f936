import { useQueries } from "@tanstack/react-query";
import { rpc } from "~/ipc/client";
import type { CauseRecords } from "~/ipc/gen/CauseRecords";
import type { CausesView } from "~/ipc/gen/CausesView";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type GridSelection, isSelected, useWindowedRows } from "~/ui/grid";

export const useConnections = () => useRpc("connections exports mapping", "connections", {});
export const useCauses = () => useRpc("exports connections mapping", "export_causes", {});
export const useMapping = (connection_id: string, isWanted: boolean) =>
  useRpc("mapping connections", "mapping", { connection_id }, { enabled: isWanted });
export const useCandidates = (id: string) => useRpc("exports", "export_candidates", { id });
export const useSaveMapping = () => useRpcMutation("save_mapping");
export const useRetry = () => useRpcMutation("retry_exports");
export const useSettle = () => useRpcMutation("settle_exports");
export const useLink = () => useRpcMutation("link_export");
export const useStartExport = () => useRpcMutation("start_export");

export const useCauseRows = (id: string) =>
  useWindowedRows<ExportRow, CauseRecords>({
    queryKey: ["exports", "cause_records", id],
    fetchPage: (offset, limit, signal) =>
      rpc("cause_records", { id, window: { offset, limit } }, signal),
  });

/** Causes tell a service by its code; its name stands in the mapping. */
export function useNamedCauses(view: CausesView | undefined): CausesView | undefined {
  const all = view ? [...view.causes, ...view.waiting] : [];
  const ids = [...new Set(all.filter((c) => c.mapping !== null).map((c) => c.connection_id))];
  const mappings = useQueries({
    queries: ids.map((connection_id) => ({
      queryKey: ["mapping connections", "mapping", { connection_id }],
      queryFn: ({ signal }: { signal: AbortSignal }) => rpc("mapping", { connection_id }, signal),
    })),
  });
  const rows = mappings.flatMap((m) => (m.data ? [m.data] : []));
  if (view === undefined || rows.length === 0) return view;
  const named = (cause: CauseView): CauseView => {
    const { mapping } = cause;
    const row = rows
      .find((m) => m.connection_id === cause.connection_id)
      ?.rows.find((r) => r.kind === mapping?.kind && r.local_key === mapping.local_key);
    if (mapping === null || row === undefined) return cause;
    const { label } = row;
    return { ...cause, mapping: { ...mapping, label }, params: { ...cause.params, label } };
  };
  return { ...view, causes: view.causes.map(named), waiting: view.waiting.map(named) };
}

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

/** The system's own name for its key; the key where it is not known. */
export function useSystemName(): (key: string) => string {
  const systems = useConnections().data?.systems ?? [];
  return (key) => systems.find((one) => one.key === key)?.name ?? key;
}
