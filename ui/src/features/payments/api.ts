import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { formatAmount } from "~/domain/money";
import { rpc } from "~/ipc/client";
import type { RpcError } from "~/ipc/errors";
import type { ListPayments } from "~/ipc/gen/ListPayments";
import type { PaymentForm } from "~/ipc/gen/PaymentForm";
import type { PaymentFormView } from "~/ipc/gen/PaymentFormView";
import type { PaymentPage } from "~/ipc/gen/PaymentPage";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import type { SharesChecked } from "~/ipc/gen/SharesChecked";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, sortFrom, useWindowedRows, type WindowedRowsOptions } from "~/ui/grid";
import type { ComboOption } from "~/ui/primitives";
import type { PaymentsSearch } from "./routes";
import { type Shares, sharesOf } from "./shares";
import type { Worth } from "./worth";

export const NEWEST: SortBy = { column: "received_on", direction: "descending" };

/** What the list asks for, whichever of its pages. */
export const paymentsRequest = (search: PaymentsSearch, sort: SortBy): ListPayments => ({
  query: search.query ?? "",
  unallocated: search.unallocated ?? false,
  state: search.state ?? null,
  student_id: search.student ?? null,
  method: search.method ?? null,
  from: search.from ?? null,
  to: search.to ?? null,
  amount_from: search.amount_from ?? null,
  amount_to: search.amount_to ?? null,
  order: { by: sort.column, descending: sort.direction === "descending" },
  window: { offset: 0, limit: 0 },
});

/** What an address asks for; the newest first, unless it says otherwise. */
export function asked(search: PaymentsSearch): { sort: SortBy; request: ListPayments } {
  const sort = sortFrom(search.sort, NEWEST);
  return { sort, request: paymentsRequest(search, sort) };
}

export const paymentsOf = (
  request: ListPayments,
): WindowedRowsOptions<PaymentRow, PaymentPage> => ({
  queryKey: ["list_payments", request],
  fetchPage: (offset, limit, signal) =>
    rpc("list_payments", { ...request, window: { offset, limit } }, signal),
});

export const usePayments = (request: ListPayments) => useWindowedRows(paymentsOf(request));

export const usePayment = (id: string, options?: { keepPrevious?: boolean }) =>
  useRpc("find_payment", { id }, options);
export const useMethods = () => useRpc("school_tables", {}).data?.payment_methods ?? [];
export const useRecord = () => useRpcMutation("record_payment");
export const useUseCredit = () => useRpcMutation("use_credit");

/** What is open, what credit there is, and shares proposed for the amount. */
export const usePaymentForm = (request: PaymentForm | null) =>
  useQuery<PaymentFormView, RpcError>({
    queryKey: ["payment_form", request],
    queryFn: ({ signal }) => rpc("payment_form", request as PaymentForm, signal),
    enabled: request !== null,
    // The table stands while another amount is looked at, but never for another student.
    placeholderData: (before, query) =>
      (query?.queryKey[2] as PaymentForm | null)?.student_id === request?.student_id
        ? before
        : undefined,
  });

/** The invoices that a reference names; of an empty one none are asked for. */
export const useReferenceHits = (text: string) =>
  useRpc("find_by_reference", { text }, { enabled: text !== "", keepPrevious: true });

/** What the typed shares come to. */
interface ToCheck {
  amount: string;
  method: string | null;
  shares: Shares;
  /** Of money in another currency, and the day whose rate counts. */
  worth: Worth | null;
  on: string | null;
}

export const useCheckedShares = (
  student: string | null,
  { amount, method, shares, worth, on }: ToCheck,
) =>
  useQuery<SharesChecked, RpcError>({
    queryKey: ["check_shares", student, amount, method, shares, worth, on],
    queryFn: ({ signal }) =>
      rpc(
        "check_shares",
        { student_id: student ?? "", amount, shares: sharesOf(shares), method, foreign: worth, on },
        signal,
      ),
    enabled: student !== null,
    placeholderData: keepPreviousData,
  });

/** Payments of the student of about the same day and just this amount: perhaps the same money. */
export const useTwins = (student: string | null, amount: string | null) =>
  useRpc(
    "list_payments",
    {
      ...paymentsRequest({ query: amount ?? "", student: student ?? undefined }, NEWEST),
      window: { offset: 0, limit: 20 },
    },
    { enabled: student !== null && amount !== null },
  );

export const useStudentName = (id: string | undefined) =>
  useRpc("find_student", { id: id ?? "" }, { enabled: id !== undefined });

/** Students by name or number, for the field of the payer. */
export async function findPayers(query: string, signal: AbortSignal): Promise<ComboOption[]> {
  const page = await rpc(
    "list_students",
    {
      query,
      owing: false,
      department_id: null,
      order: { by: query === "" ? "balance" : "name", descending: query === "" },
      window: { offset: 0, limit: 30 },
    },
    signal,
  );
  return page.rows.map(({ id, name, number, balance }) => ({
    id,
    name,
    code: number,
    price: formatAmount(balance),
  }));
}
