import { useRpc } from "~/ipc/hooks";

export const useHealth = () => useRpc("export_health", {});
export const useQuality = () => useRpc("export_quality", {});
