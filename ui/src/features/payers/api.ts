import { rpc } from "~/ipc/client";
import type { PayerPage } from "~/ipc/gen/PayerPage";
import type { PayerRow } from "~/ipc/gen/PayerRow";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { useWindowedRows } from "~/ui/grid";

/** Payers a page at a time, by name. */
export const usePayers = (query: string, with_inactive: boolean) =>
  useWindowedRows<PayerRow, PayerPage>({
    queryKey: ["list_payers", query, with_inactive],
    fetchPage: (offset, limit, signal) =>
      rpc("list_payers", { query, with_inactive, window: { offset, limit } }, signal),
  });

export const usePayer = (id: string) => useRpc("find_payer", { id });
export const useSavePayer = () => useRpcMutation("save_payer");
export const useDepartments = () => useRpc("school_tables", {}).data?.departments ?? [];
export const useSchoolTerms = () => useRpc("school_tables", {}).data?.terms;
