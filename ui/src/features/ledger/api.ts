import { rpc } from "~/ipc/client";
import type { JournalEntry } from "~/ipc/gen/JournalEntry";
import type { JournalPage } from "~/ipc/gen/JournalPage";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { useWindowedRows } from "~/ui/grid";
import type { Period } from "./period";

export function useJournal(period: Period, account: string | undefined) {
  const asked = { ...period, account: account ?? null };
  return useWindowedRows<JournalEntry, JournalPage>({
    queryKey: ["list_journal", asked],
    fetchPage: (offset, limit, signal) =>
      rpc("list_journal", { ...asked, window: { offset, limit } }, signal),
  });
}

export const useTrialBalance = (period: Period) =>
  useRpc("trial_balance", period, { keepPrevious: true });
export const useChart = () => useRpc("ledger_chart", {});
export const useSaveAccount = () => useRpcMutation("save_ledger_account");
export const useExportLedger = () => useRpcMutation("export_ledger");
