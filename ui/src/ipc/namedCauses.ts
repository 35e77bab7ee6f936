import { useQueries } from "@tanstack/react-query";
import { rowCode, rowLabel } from "~/i18n/mappingWords";
import { rpc } from "./client";
import type { CauseView } from "./gen/CauseView";

/** Services are known by their code as much as by their name; the other kinds by their name. */
const shownLabel = (kind: string, code: string, name: string) =>
  kind === "service" && code !== "" && code !== name ? `${name} (${code})` : name;

/** Causes tell a service by its code; its name stands in the mapping of its connection. */
export function useNamedCauses(causes: readonly CauseView[]): (cause: CauseView) => CauseView {
  const ids = [...new Set(causes.filter((c) => c.mapping !== null).map((c) => c.connection_id))];
  const mappings = useQueries({
    queries: ids.map((connection_id) => ({
      queryKey: ["mapping", { connection_id, department_id: null }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        rpc("mapping", { connection_id, department_id: null }, signal),
    })),
  });
  const known = mappings.flatMap((m) => (m.data ? [m.data] : []));
  return (cause) => {
    const { mapping } = cause;
    const row = known
      .find((m) => m.connection_id === cause.connection_id)
      ?.rows.find((r) => r.kind === mapping?.kind && r.local_key === mapping.local_key);
    if (mapping === null || row === undefined) return cause;
    const name = rowLabel(row);
    const label = shownLabel(row.kind, rowCode(row), name);
    return {
      ...cause,
      mapping: { ...mapping, label: name },
      params: { ...cause.params, label },
    };
  };
}
