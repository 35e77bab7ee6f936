import { useRpc } from "~/ipc/hooks";

const MONEY_TAGS = "students invoices payments";
/** As many rows as fit beside the rest without scrolling. */
const ROWS = 8;

export const useHome = () => useRpc(`${MONEY_TAGS} exports`, "home", {});

export const useAges = (as_of: string) =>
  useRpc(MONEY_TAGS, "ageing", { as_of, by: "due", buckets: [], department_id: null });

/** Who has owed longest. */
export const useLongestOwing = () =>
  useRpc(MONEY_TAGS, "list_students", {
    query: "",
    department_id: null,
    owing: true,
    order: { by: "oldest_due", descending: false },
    window: { offset: 0, limit: ROWS },
  });

export const useLastReceived = () =>
  useRpc(MONEY_TAGS, "list_payments", {
    query: "",
    student_id: null,
    unallocated: false,
    state: null,
    method: null,
    from: null,
    to: null,
    amount_from: null,
    amount_to: null,
    order: { by: "received_on", descending: true },
    window: { offset: 0, limit: ROWS },
  });
