import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LeftOutInvoice } from "~/ipc/gen/LeftOutInvoice";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { EmptyState } from "~/ui/primitives";
import { leftOutColumns } from "./columns";

interface LeftOutPartProps {
  rows: readonly LeftOutInvoice[];
  /** Stands where nothing is left of a narrowed list. */
  noMatch: ReactNode;
  onHold: (held: { student: string; invoice?: string }) => void;
}

/** Overdue invoices that are in no message, each with its reason. */
export function LeftOutPart({ rows, noMatch, onHold }: LeftOutPartProps) {
  const { t } = useTranslation("reminders");
  const columns = useMemo(() => leftOutColumns(t), [t]);
  return (
    <DataGrid
      label={t("tab_left_out")}
      columns={columns}
      rows={useLocalRows(rows)}
      rowId={(row) => row.invoice.invoice_id}
      onOpen={(row) => onHold({ student: row.student_id, invoice: row.invoice.invoice_id })}
      empty={noMatch || <EmptyState kind="all_done" title={t("none_left_out")} />}
      footLead={<span>{t("left_out_foot")}</span>}
    />
  );
}
