import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { RunDetail } from "~/ipc/gen/RunDetail";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { EmptyState, Tabs } from "~/ui/primitives";
import { useRunInvoices } from "./api";
import { leftOutColumns, runInvoiceColumns } from "./runColumns";

type Part = "issued" | "left_out";

/** The invoices of a run, and what it left out with the reason that the preview gave. */
export function RunParts({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("charges");
  const [part, setPart] = useState<Part>("issued");
  const invoices = useRunInvoices(detail.run.id);
  return (
    <Tabs<Part>
      label={t("run")}
      value={part}
      onChange={setPart}
      tabs={[
        { id: "issued", name: t("run_invoices"), count: invoices.page?.total },
        { id: "left_out", name: t("run_left_out"), count: detail.left_out.length },
      ]}
    >
      {part === "issued" ? <Issued invoices={invoices} /> : <LeftOut detail={detail} />}
    </Tabs>
  );
}

function Issued({ invoices }: { invoices: ReturnType<typeof useRunInvoices> }) {
  const { t } = useTranslation("charges");
  const navigate = useNavigate();
  const sum = invoices.page?.sums[0];
  const columns = useMemo(() => runInvoiceColumns(t, sum), [t, sum]);
  const open = (row: { id: string }) => void navigate({ to: placeOf("invoice", row.id) });
  return (
    <DataGrid
      label={t("run_invoices")}
      columns={columns}
      rows={invoices}
      rowId={(row) => row.id}
      onOpen={open}
      onPeek={open}
      empty={<EmptyState kind="no_match" title={t("none_issued")} />}
    />
  );
}

function LeftOut({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("charges");
  const navigate = useNavigate();
  const columns = useMemo(() => leftOutColumns(t), [t]);
  const open = (row: { student_id: string }) =>
    void navigate({ to: placeOf("student", row.student_id) });
  return (
    <DataGrid
      label={t("run_left_out")}
      columns={columns}
      rows={useLocalRows(detail.left_out)}
      rowId={(row) => `${row.student_id} ${row.reason} ${row.gross?.amount}`}
      onOpen={open}
      onPeek={open}
      empty={<EmptyState kind="all_done" title={t("none_left_out")} />}
    />
  );
}
