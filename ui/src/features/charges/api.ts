import { rpc } from "~/ipc/client";
import type { ChargeFilter } from "~/ipc/gen/ChargeFilter";
import type { ChargePage } from "~/ipc/gen/ChargePage";
import type { ChargeRow } from "~/ipc/gen/ChargeRow";
import type { InvoiceFilter } from "~/ipc/gen/InvoiceFilter";
import type { InvoicePage } from "~/ipc/gen/InvoicePage";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import type { RunWish } from "~/ipc/gen/RunWish";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, useWindowedRows } from "~/ui/grid";
import type { ComboOption } from "~/ui/primitives";
import type { ChargesSearch } from "./routes";

/** A filter that narrows nothing. */
export const EVERY: ChargeFilter = {
  query: "",
  student_id: null,
  department_id: null,
  from: null,
  to: null,
  kinds: [],
};

const EVERY_INVOICE: InvoiceFilter = {
  view: "all",
  query: "",
  student_id: null,
  payer_id: null,
  department_id: null,
  run_id: null,
  issued_from: null,
  issued_to: null,
  due_from: null,
  due_to: null,
  amount_from: null,
  amount_to: null,
};

/** What narrows the pool, as the backend asks for it. */
export const filterOf = (search: ChargesSearch): ChargeFilter => ({
  query: search.query ?? "",
  student_id: search.student ?? null,
  department_id: search.department ?? null,
  from: search.from ?? null,
  to: search.to ?? null,
  kinds: search.kind === undefined ? [] : [search.kind],
});

export const useCharges = (filter: ChargeFilter, state: string, sort: SortBy) =>
  useWindowedRows<ChargeRow, ChargePage>({
    queryKey: ["list_charges", filter, state, sort],
    fetchPage: (offset, limit, signal) =>
      rpc(
        "list_charges",
        {
          filter,
          state,
          order: { by: sort.column, descending: sort.direction === "descending" },
          window: { offset, limit },
        },
        signal,
      ),
  });

export const useVoid = () => useRpcMutation("void_charges");
export const useRules = () => useRpc("charge_rules", {});
export const useSaveRule = () => useRpcMutation("save_charge_rule");
export const useTables = () => useRpc("school_tables", {}).data;
export const useStatus = () => useRpc("desk_status", {}).data;
export const useServices = () =>
  useRpc("list_services", { query: "", include_inactive: false }).data?.rows ?? [];

/** What a run would do; null while the wish is not whole. */
export const usePreview = (wish: RunWish | null) =>
  useRpc("preview_run", wish as RunWish, {
    enabled: wish !== null,
    keepPrevious: true,
  });

export const useIssueRun = () => useRpcMutation("issue_run");
export const useEmailRun = () => useRpcMutation("email_run");
export const useSettleInvoiceMail = () => useRpcMutation("settle_invoice_mail");
export const useContinueRun = () => useRpcMutation("continue_run");
export const useCancelRun = () => useRpcMutation("cancel_run");
export const useRun = (id: string) => useRpc("find_run", { id });
export const useRuns = () => useRpc("list_runs", {});

/** The invoices that a run issued, by their numbers. */
export const useRunInvoices = (run_id: string) =>
  useWindowedRows<InvoiceRow, InvoicePage>({
    queryKey: ["list_invoices", { run_id }],
    fetchPage: (offset, limit, signal) =>
      rpc(
        "list_invoices",
        {
          filter: { ...EVERY_INVOICE, run_id },
          order: { by: "number", descending: false },
          window: { offset, limit },
        },
        signal,
      ),
  });

export const runPaper = (id: string) =>
  rpc("run_paper", { id, wish: { inline: false, folder: null } });

export const useStudentName = (id: string | undefined) =>
  useRpc("find_student", { id: id ?? "" }, { enabled: id !== undefined }).data?.person.name;

/** Students by name or number. */
export async function findStudents(query: string, signal: AbortSignal): Promise<ComboOption[]> {
  const page = await rpc(
    "list_students",
    {
      query,
      owing: false,
      department_id: null,
      order: { by: "name", descending: false },
      window: { offset: 0, limit: 30 },
    },
    signal,
  );
  return page.rows.map(({ id, name, number }) => ({ id, name, code: number }));
}
