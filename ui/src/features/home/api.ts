import type { Period } from "~/domain/periods";
import { useRpc } from "~/ipc/hooks";

/** As many rows as fit beside the rest without scrolling. */
const ROWS = 8;

export const useHome = () => useRpc("home", {});

/** Only the sums are shown: of the rows one is the fewest that can be asked for. */
export const useAges = (as_of: string) =>
  useRpc("ageing", {
    as_of,
    by: "due",
    buckets: [],
    department_id: null,
    page: { query: "", order: null, window: { offset: 0, limit: 1 } },
  });

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
