import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReminderPage } from "~/ipc/gen/ReminderPage";
import type { ReminderRow } from "~/ipc/gen/ReminderRow";
import { DataGrid, type WindowedRows } from "~/ui/grid";
import { EmptyState } from "~/ui/primitives";
import { madeColumns } from "./columns";
import { SettleDialog } from "./SettleDialog";

interface MadePartProps {
  rows: WindowedRows<ReminderRow, ReminderPage>;
  /** Stands where nothing is left of a narrowed list. */
  noMatch: ReactNode;
}

/** Reminders that were made, newest first, and what became of them. */
export function MadePart({ rows, noMatch }: MadePartProps) {
  const { t } = useTranslation("reminders");
  const columns = useMemo(() => madeColumns(t), [t]);
  const [open, setOpen] = useState<ReminderRow | null>(null);
  return (
    <>
      <DataGrid
        label={t("tab_made")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={setOpen}
        onPeek={setOpen}
        empty={
          noMatch || (
            <EmptyState kind="first_use" title={t("none_made")}>
              {t("none_made_body")}
            </EmptyState>
          )
        }
        footLead={<span>{t("made_count", { count: rows.count })}</span>}
      />
      {open && <SettleDialog reminder={open} onClose={() => setOpen(null)} />}
    </>
  );
}
