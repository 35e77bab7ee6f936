import { useState } from "react";
import { useAddressChange } from "~/app/useAddressChange";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import { useConnections, useSystemName } from "~/ipc/systems";
import { toast } from "~/ui/primitives";
import { useRead, useReport, useReports } from "./api";
import { KINDS, type TheirReportsSearch, theirReportsRoute } from "./routes";

/** A folder answers no questions, and a closed connection is asked none. */
const canAnswer = ({ needs, state }: { needs: string; state: string }) =>
  needs !== "folder" && state !== "closed";

/** Which report of which system is looked at, and reading it anew. */
export function useTheirReports() {
  const { today } = useDesk();
  const search: TheirReportsSearch = theirReportsRoute.useSearch();
  const answer = useConnections();
  const systemName = useSystemName();
  const connections = (answer.data?.connections ?? []).filter(canAnswer);
  const connection = connections.find(({ id }) => id === search.connection) ?? connections[0];
  const list = useReports(connection?.id ?? "");
  const kinds = KINDS.filter((kind) => list.data?.kinds.includes(kind));
  const kind = kinds.find((one) => one === search.kind) ?? kinds[0];
  const read = (list.data?.read ?? []).filter((one) => one.kind === kind);
  const chosen = read.find(({ id }) => id === search.read) ?? read[0];
  const report = useReport(chosen?.id ?? "");
  const reading = useRead();
  const [days, setDays] = useState({ from: `${today.slice(0, 8)}01`, to: today });
  const change = useAddressChange<TheirReportsSearch>();
  async function readNow() {
    if (!connection || !kind) return;
    try {
      const view = await reading.mutateAsync({ connection_id: connection.id, kind, ...days });
      change({ kind, read: view.head.id });
    } catch (thrown) {
      toast({ text: faultText(faultOf(thrown)), tone: "danger" });
    }
  }
  return {
    isUnconnected: answer.data !== undefined && connections.length === 0,
    isWaiting: !answer.data || (connection !== undefined && !list.data && !list.error),
    connections,
    connection,
    system: connection ? systemName(connection.system) : "",
    systemName,
    kinds,
    kind,
    read,
    chosen,
    /** Nothing while another one is still on the screen. */
    view: report.data?.head.id === chosen?.id ? report.data : undefined,
    error: list.error ?? report.error,
    refetch: () => void (list.error ? list.refetch() : report.refetch()),
    days,
    setDays,
    today,
    isReading: reading.isPending,
    readNow: () => void readNow(),
    change,
  };
}

export type TheirReports = ReturnType<typeof useTheirReports>;
