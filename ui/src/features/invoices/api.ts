import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { rpc } from "~/ipc/client";
import type { CreditInvoice } from "~/ipc/gen/CreditInvoice";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { ExchangePrice } from "~/ipc/gen/ExchangePrice";
import type { InvoiceFilter } from "~/ipc/gen/InvoiceFilter";
import type { InvoicePage } from "~/ipc/gen/InvoicePage";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import type { Order } from "~/ipc/gen/Order";
import type { PaperRequest } from "~/ipc/gen/PaperRequest";
import { rpcQuery, useRpc, useRpcMutation } from "~/ipc/hooks";
import { useWindowedRows, type WindowedRowsOptions } from "~/ui/grid";

export const invoicesOf = (
  filter: InvoiceFilter,
  order: Order,
): WindowedRowsOptions<InvoiceRow, InvoicePage> => ({
  queryKey: ["list_invoices", filter, order],
  fetchPage: (offset, limit, signal) =>
    rpc("list_invoices", { filter, order, window: { offset, limit } }, signal),
});

export const useInvoices = (filter: InvoiceFilter, order: Order) =>
  useWindowedRows(invoicesOf(filter, order));

/** Every row of the list that is held, by its id: what a selection can know without asking. */
export function useHeldRows(): () => Map<string, InvoiceRow> {
  const client = useQueryClient();
  return () => {
    const pages = client.getQueriesData<InvoicePage>({ queryKey: ["list_invoices"] });
    const rows = pages.flatMap(([, page]) => page?.rows ?? []);
    return new Map(rows.map((row) => [row.id, row]));
  };
}

/** How many there are of each view. */
const countsOf = (filter: InvoiceFilter): InvoiceFilter => ({ ...filter, view: "all" });

export const useInvoiceCounts = (filter: InvoiceFilter) =>
  useRpc("invoice_counts", countsOf(filter), { keepPrevious: true });

export const firstCounts = (filter: InvoiceFilter) => (client: QueryClient) =>
  client.prefetchQuery(rpcQuery("invoice_counts", countsOf(filter)));

export const useInvoice = (id: string, options?: { enabled?: boolean; keepPrevious?: boolean }) =>
  useRpc("find_invoice", { id }, options);
export const useCreditNote = (
  id: string,
  options?: { enabled?: boolean; keepPrevious?: boolean },
) => useRpc("find_credit_note", { id }, options);

export const useDraft = (id: string, options?: { enabled?: boolean; keepPrevious?: boolean }) =>
  useRpc("find_draft", { id }, options);
export const usePricedDraft = (draft: DraftInput) =>
  useRpc("price_draft", draft, { keepPrevious: true });
export const useSaveDraft = () => useRpcMutation("save_draft");
export const useDeleteDraft = () => useRpcMutation("delete_draft");
export const useIssue = () => useRpcMutation("issue_invoice");

export const useCreditPreview = (request: CreditInvoice, isWanted: boolean) =>
  useRpc("preview_credit", request, { enabled: isWanted, keepPrevious: true });
export const useCredit = () => useRpcMutation("credit_invoice");

export const useSchoolTables = () => useRpc("school_tables", {}).data;
export const useDesk = () => useRpc("desk_status", {}).data;
export const useStudent = (id: string | undefined) =>
  useRpc("find_student", { id: id ?? "" }, { enabled: id !== undefined });

export const usePaper = (request: PaperRequest, isWanted: boolean) =>
  useRpc("paper", request, { enabled: isWanted, keepPrevious: true });

export const findStudents = (query: string, signal?: AbortSignal) =>
  rpc(
    "list_students",
    {
      query,
      department_id: null,
      owing: false,
      order: null,
      window: { offset: 0, limit: 20 },
    },
    signal,
  ).then((page) => page.rows);

export const findServices = (query: string, signal?: AbortSignal) =>
  rpc("list_services", { query, include_inactive: false }, signal).then((list) => list.rows);

/** Listed prices by service, those no longer sold among them. */
export const listedPrices = () =>
  rpc("list_services", { query: "", include_inactive: true }).then(
    ({ rows }) => new Map(rows.map((row) => [row.id, row.unit_price])),
  );

/** The price of a service in another currency, by the rate of a day. */
export const exchangedPrice = (request: ExchangePrice) =>
  rpc("exchange_price", request).then((price) => price.unit_price);

/** A payer's own terms; nothing: the school's. */
export const termsOfPayer = (id: string) =>
  rpc("find_payer", { id }).then(
    (payer) => payer.row.terms,
    () => null,
  );

/** Outside a screen: brings a deleted draft back from the toast that offers it. */
export const saveDraft = (draft: DraftInput) => rpc("save_draft", draft);

export const startExport = () => rpc("start_export", { connection_id: null });
