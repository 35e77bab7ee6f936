import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { formatAmount } from "~/domain/money";
import { rpc } from "~/ipc/client";
import type { RpcError } from "~/ipc/errors";
import type { PaymentForm } from "~/ipc/gen/PaymentForm";
import type { PaymentFormView } from "~/ipc/gen/PaymentFormView";
import type { PaymentPage } from "~/ipc/gen/PaymentPage";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import type { SharesChecked } from "~/ipc/gen/SharesChecked";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { type SortBy, useWindowedRows } from "~/ui/grid";
import type { ComboOption } from "~/ui/primitives";
import { type Shares, sharesOf } from "./shares";

const TAGS = "payments invoices students";

export interface PaymentsWanted {
  query: string;
  unallocated: boolean;
  sort: SortBy;
}

export const usePayments = ({ query, unallocated, sort }: PaymentsWanted) =>
  useWindowedRows<PaymentRow, PaymentPage>({
    queryKey: [`${TAGS} exports`, "list_payments", query, unallocated, sort],
    fetchPage: (offset, limit, signal) =>
      rpc(
        "list_payments",
        {
          query,
          unallocated,
          state: null,
          student_id: null,
          order: { by: sort.column, descending: sort.direction === "descending" },
          window: { offset, limit },
        },
        signal,
      ),
  });

export const usePayment = (id: string) => useRpc(`${TAGS} exports`, "find_payment", { id });
export const useMethods = () => useRpc("school", "school_tables", {}).data?.payment_methods ?? [];
export const useRecord = () => useRpcMutation("record_payment");
export const useUseCredit = () => useRpcMutation("use_credit");

/** What is open, what credit there is, and shares proposed for the amount. */
export const usePaymentForm = (request: PaymentForm | null) =>
  useQuery<PaymentFormView, RpcError>({
    queryKey: [TAGS, "payment_form", request],
    queryFn: ({ signal }) => rpc("payment_form", request as PaymentForm, signal),
    enabled: request !== null,
    // The table stands while another amount is looked at, but never for another student.
    placeholderData: (before, query) =>
      (query?.queryKey[2] as PaymentForm | null)?.student_id === request?.student_id
        ? before
        : undefined,
  });

/** What the typed shares come to. */
export const useCheckedShares = (student: string | null, amount: string, shares: Shares) =>
  useQuery<SharesChecked, RpcError>({
    queryKey: [TAGS, "check_shares", student, amount, shares],
    queryFn: ({ signal }) =>
      rpc("check_shares", { student_id: student ?? "", amount, shares: sharesOf(shares) }, signal),
    enabled: student !== null,
    placeholderData: keepPreviousData,
  });

/** Payments of the student of about the same day and just this amount: perhaps the same money. */
export const useTwins = (student: string | null, amount: string | null) =>
  useRpc(
    TAGS,
    "list_payments",
    {
      query: amount ?? "",
      student_id: student,
      unallocated: false,
      state: null,
      order: { by: "received_on", descending: true },
      window: { offset: 0, limit: 20 },
    },
    { enabled: student !== null && amount !== null },
  );

export const useStudentName = (id: string | undefined) =>
  useRpc("students", "find_student", { id: id ?? "" }, { enabled: id !== undefined });

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
