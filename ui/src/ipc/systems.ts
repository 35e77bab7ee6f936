import { useRpc } from "./hooks";

/** The connections and the systems there are, as several screens show them. */
export const useConnections = () => useRpc("connections", {});

/** A system's own name for its key; the key where it is not known. */
export function useSystemName(): (key: string) => string {
  const systems = useConnections().data?.systems ?? [];
  return (key) => systems.find((one) => one.key === key)?.name ?? key;
}
