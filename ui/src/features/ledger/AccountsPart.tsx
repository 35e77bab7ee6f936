import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LedgerAccountView } from "~/ipc/gen/LedgerAccountView";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Toolbar } from "~/ui/primitives";
import { AccountDialog } from "./AccountDialog";
import { useChart } from "./api";
import { chartColumns } from "./columns";

const NONE: readonly LedgerAccountView[] = [];

/** The accounts that amounts go to. They are named and added to, and never go. */
export function AccountsPart() {
  const { t } = useTranslation("ledger");
  const [edited, setEdited] = useState<LedgerAccountView | "new" | null>(null);
  const answer = useChart();
  const rows = {
    ...useLocalRows(answer.data?.accounts ?? NONE),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(() => chartColumns(t), [t]);
  return (
    <>
      <Toolbar
        label={t("tab_accounts")}
        end={
          <Button variant="primary" icon={Plus} onPress={() => setEdited("new")}>
            {t("new_account")}
          </Button>
        }
      >
        {answer.data && (
          <span className="t2" title={answer.data.source}>
            {t("template", { name: answer.data.template })}
          </span>
        )}
      </Toolbar>
      <DataGrid
        label={t("tab_accounts")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.number}
        onOpen={setEdited}
        onPeek={setEdited}
        empty={<EmptyState kind="no_match" title={t("no_accounts")} />}
        footLead={<span>{t("account_count", { count: rows.count })}</span>}
      />
      {edited && (
        <AccountDialog account={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}
