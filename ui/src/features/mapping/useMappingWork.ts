import { useAddressChange } from "~/app/useAddressChange";
import { useConnections, useMapping } from "./api";
import { isOpen, suggested } from "./draft";
import { type MappingSearch, mappingRoute } from "./routes";
import { useFirstRead } from "./useFirstRead";
import { useMappingDraft } from "./useMappingDraft";

/** The mapping of the connection in the address, with what is changed and what is still open. */
export function useMappingWork() {
  const search = mappingRoute.useSearch();
  const known = useConnections();
  // Our own codes stand in files: there is nothing to map.
  const connections = (known.data?.connections ?? []).filter((c) => c.needs !== "folder");
  const connection = connections.find((c) => c.id === search.connection) ?? connections[0];
  const { data: view, error, refetch } = useMapping(connection?.id, search.department);
  const saving = useMappingDraft(view);
  const { draft } = saving;
  const rows = view?.rows ?? [];
  const isOfKind = (kind: string, wanted: string | undefined) =>
    wanted === undefined || kind === wanted;
  return {
    ...saving,
    search,
    change: useAddressChange<MappingSearch>(),
    connections,
    connection,
    isUnconnected: known.data !== undefined && connection === undefined,
    system: connection?.system_name ?? "",
    view,
    error,
    refetch,
    isReading: useFirstRead(view),
    rows,
    shown: rows.filter(
      (row) =>
        isOfKind(row.kind, search.kind) &&
        // A gap that was just filled stays in view until it is saved.
        (!search.missing ||
          !(row.state === "mapped" || row.state === "ruled") ||
          isOpen(draft, row)),
    ),
    offers: suggested(draft, rows),
    gone: rows.filter((row) => row.state === "gone" && isOpen(draft, row)),
    openOf: (kind?: string) =>
      rows.filter((row) => isOfKind(row.kind, kind) && isOpen(draft, row)).length,
  };
}

export type MappingWork = ReturnType<typeof useMappingWork>;
