import { rpc } from "~/ipc/client";
import type { DebtRequest } from "~/ipc/gen/DebtRequest";
import type { RevenueRequest } from "~/ipc/gen/RevenueRequest";
import type { SalePage } from "~/ipc/gen/SalePage";
import type { SaleRow } from "~/ipc/gen/SaleRow";
import type { TakingPage } from "~/ipc/gen/TakingPage";
import type { TakingRow } from "~/ipc/gen/TakingRow";
import type { TakingsRequest } from "~/ipc/gen/TakingsRequest";
import type { VatRequest } from "~/ipc/gen/VatRequest";
import { useRpc } from "~/ipc/hooks";
import { useWindowedRows } from "~/ui/grid";
import type { SalesSearch, TakingsSearch } from "./search";

const KEEP = { keepPrevious: true };

export const useRevenue = (request: RevenueRequest) => useRpc("revenue", request, KEEP);

export const useDebt = (request: DebtRequest) => useRpc("debt_over_time", request, KEEP);

export const useVat = (request: VatRequest) => useRpc("vat_summary", request, KEEP);

export const useTakings = (request: TakingsRequest) => useRpc("takings", request, KEEP);

export const useSchoolTables = () => useRpc("school_tables", {});

/** `none` in an address is the empty id of the wire: rows without one. */
const among = (id: string | undefined): string | null =>
  id === undefined ? null : id === "none" ? "" : id;

export function useSales(search: SalesSearch) {
  const { from, to, currency, service, department, code, rate } = search;
  const asked = {
    from,
    to,
    currency: currency ?? null,
    service_id: among(service),
    department_id: among(department),
    vat_code: code ?? null,
    vat_rate: rate ?? null,
  };
  return useWindowedRows<SaleRow, SalePage>({
    queryKey: ["list_sales", asked],
    fetchPage: (offset, limit, signal) =>
      rpc("list_sales", { ...asked, window: { offset, limit } }, signal),
  });
}

export function useTakingRows(search: TakingsSearch) {
  const { from, to, currency, method, desk } = search;
  const asked = {
    from,
    to,
    currency: currency ?? null,
    method: method ?? null,
    desk: desk ?? null,
  };
  return useWindowedRows<TakingRow, TakingPage>({
    queryKey: ["list_takings", asked],
    fetchPage: (offset, limit, signal) =>
      rpc("list_takings", { ...asked, window: { offset, limit } }, signal),
  });
}
