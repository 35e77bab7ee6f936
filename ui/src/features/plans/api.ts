import { rpc } from "~/ipc/client";
import type { PlanPage } from "~/ipc/gen/PlanPage";
import type { PlanView } from "~/ipc/gen/PlanView";
import { useWindowedRows } from "~/ui/grid";

/** Plans of a part of the list, those that need attention first. */
export const usePlans = (query: string, shelf: string) =>
  useWindowedRows<PlanView, PlanPage>({
    queryKey: ["list_plans", query, shelf],
    fetchPage: (offset, limit, signal) =>
      rpc(
        "list_plans",
        { shelf, query, student_id: null, invoice_id: null, window: { offset, limit } },
        signal,
      ),
  });
