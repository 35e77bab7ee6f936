import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import type { TrialRow } from "~/ipc/gen/TrialRow";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { EmptyState, Toolbar } from "~/ui/primitives";
import { useTrialBalance } from "./api";
import { balanceColumns } from "./columns";
import type { PartProps } from "./LedgerScreen";
import { PeriodFields } from "./PeriodFields";
import { askedPeriod } from "./period";
import { SaveFile } from "./SaveFile";

const NONE: readonly TrialRow[] = [];

/** What every account comes to; each opens to the entries that make it. */
export function BalancePart({ search, onChange }: PartProps) {
  const { t } = useTranslation("ledger");
  const { today } = useDesk();
  const period = askedPeriod(search, today);
  const answer = useTrialBalance(period);
  const rows = {
    ...useLocalRows(answer.data?.rows ?? NONE),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(() => balanceColumns(t, answer.data), [t, answer.data]);
  const open = (row: TrialRow) => onChange({ tab: "journal", account: row.account });
  return (
    <>
      <Toolbar label={t("filters")} end={<SaveFile what="trial_balance" period={period} />}>
        <PeriodFields search={search} onChange={onChange} />
      </Toolbar>
      <DataGrid
        label={t("tab_balance")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.account}
        onOpen={open}
        onPeek={open}
        empty={
          <EmptyState kind="no_match" title={t("no_balance")}>
            {t("no_entries_body")}
          </EmptyState>
        }
        footLead={<b>{t("sum")}</b>}
      />
    </>
  );
}
