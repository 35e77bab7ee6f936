import type { Period } from "~/domain/periods";
import { useRpc } from "~/ipc/hooks";

/** As many rows as fit beside the rest without scrolling. */
const ROWS = 8;

export const useHome = () => useRpc("home", {});

export const useAges = (as_of: string) =>
  useRpc("ageing", { as_of, by: "due", buckets: [], department_id: null });

/** Who has owed longest. */
export const useLongestOwing = () =>
  useRpc("list_students", {
    query: "",
    department_id: null,
    owing: true,
    order: { by: "oldest_due", descending: false },
    window: { offset: 0, limit: ROWS },
  });

/** What was done last with money. */
export const useRecent = () => useRpc("recent_activity", {});

export const useDebt = (days: Period) => useRpc("debt_over_time", { ...days, every: "month" });

export const useRevenue = (days: Period) =>
  useRpc("revenue", {
    ...days,
    by: "month",
    department_id: null,
    compare: "year_before",
  });

export const useTakings = (days: Period) =>
  useRpc("takings", { ...days, every: "month", by_desk: false });
