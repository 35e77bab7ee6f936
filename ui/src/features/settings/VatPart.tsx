import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { inForce, lastDay } from "~/domain/taxCodes";
import { useDesk } from "~/ipc/desk";
import type { TaxCodeView } from "~/ipc/gen/TaxCodeView";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Toolbar } from "~/ui/primitives";
import { useTables } from "./api";
import { TaxCodeDialog } from "./TaxCodeDialog";
import { newestFirst } from "./vat";
import { vatColumns } from "./vatColumns";

const NONE: readonly TaxCodeView[] = [];

/** What each VAT code means from which day on. */
export function VatPart() {
  const { t } = useTranslation("settings");
  const { today } = useDesk();
  const [edited, setEdited] = useState<TaxCodeView | "new" | null>(null);
  const answer = useTables();
  const shown = useMemo(() => newestFirst(answer.data?.tax_codes ?? NONE), [answer.data]);
  const rows = {
    ...useLocalRows(shown),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(
    () =>
      vatColumns(t, {
        holds: (row) => inForce(shown, row, today),
        until: (row) => (row.valid_from > today ? undefined : lastDay(shown, row)),
      }),
    [t, shown, today],
  );
  return (
    <>
      <Toolbar
        label={t("tab_vat")}
        end={
          <Button variant="primary" icon={Plus} onPress={() => setEdited("new")}>
            {t("new_rate")}
          </Button>
        }
      >
        <span className="t2">{t("vat_note")}</span>
      </Toolbar>
      <DataGrid
        label={t("tab_vat")}
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.code} ${row.valid_from}`}
        onOpen={setEdited}
        onPeek={setEdited}
        empty={<EmptyState kind="first_use" title={t("no_vat")} />}
        footLead={<span>{t("vat_count", { count: rows.count })}</span>}
      />
      {edited && (
        <TaxCodeDialog tax={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}
