import { useAddressChange } from "~/app/useAddressChange";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import { useConnections, useSystemName } from "~/ipc/systems";
import { toast } from "~/ui/primitives";
import { useRead, useReconciliation } from "./api";
import { type ReconcileSearch, reconcileRoute } from "./routes";
import { spanOf, stepped } from "./span";

/** A folder answers no questions, and a closed connection is asked none. */
const canAnswer = ({ needs, state }: { needs: string; state: string }) =>
  needs !== "folder" && state !== "closed";

/** What is compared, from where, and the steps through time. */
export function useReconcileWork() {
  const { today } = useDesk();
  const search: ReconcileSearch = reconcileRoute.useSearch();
  const answer = useConnections();
  const systemName = useSystemName();
  const connections = (answer.data?.connections ?? []).filter(canAnswer);
  const connection = connections.find(({ id }) => id === search.connection) ?? connections[0];
  const name = search.span ?? "month";
  const day = search.day ?? today;
  const span = spanOf(name, day);
  const asked = { connection_id: connection?.id ?? "", ...span };
  const { data, error, refetch, isPlaceholderData } = useReconciliation(asked);
  const reading = useRead();
  const change = useAddressChange<ReconcileSearch>();
  const step = (by: 1 | -1) => change({ day: stepped(name, day, by), open: undefined });
  async function read() {
    try {
      await reading.mutateAsync(asked);
    } catch (thrown) {
      toast({ text: faultText(faultOf(thrown)), tone: "danger" });
    }
  }
  const open = data?.differences.find(({ key }) => key === search.open);
  return {
    isUnconnected: answer.data !== undefined && connections.length === 0,
    connections,
    connection,
    system: connection ? systemName(connection.system) : "",
    systemName,
    search,
    span: { name, day, ...span },
    view: data,
    isStale: isPlaceholderData,
    error,
    refetch: () => void refetch(),
    isReading: reading.isPending,
    read: () => void read(),
    change,
    step,
    open,
  };
}

export type ReconcileWork = ReturnType<typeof useReconcileWork>;
