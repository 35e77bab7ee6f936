import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { goTo, placeOf } from "~/domain/places";
import type { CauseRecords } from "~/ipc/gen/CauseRecords";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { DataGrid, type GridColumn, type GridSelection, type WindowedRows } from "~/ui/grid";
import { documentColumn } from "~/ui/list/documentColumn";
import { Amount, Day, Moment } from "~/ui/primitives";
import s from "./Review.module.css";

export interface CauseDocumentsProps {
  rows: WindowedRows<ExportRow, CauseRecords>;
  /** Left out where nothing can be done to single documents. */
  selection?: GridSelection;
  onSelect: (selection: GridSelection) => void;
}

function open({ page }: ExportRow): void {
  if (page) goTo(placeOf(page.kind, page.id));
}

function causeColumns(t: TFunction<"review">): GridColumn<ExportRow>[] {
  return [
    documentColumn(t("col_document"), (kind) =>
      t(`kind_${kind}` as "kind_invoice", { defaultValue: kind }),
    ),
    {
      id: "student",
      header: t("col_student"),
      width: 140,
      grow: true,
      cell: (r) => (
        <span className="clip" title={r.student}>
          {r.student}
        </span>
      ),
    },
    {
      id: "date",
      header: t("col_date"),
      width: 96,
      givesWay: 3,
      cell: (r) => (
        <span className="t2">
          <Day of={r.date} />
        </span>
      ),
    },
    {
      id: "amount",
      header: t("col_amount"),
      width: 116,
      align: "end",
      cell: (r) => <Amount of={r.amount} />,
    },
    {
      id: "attempts",
      header: t("col_attempts"),
      width: 72,
      givesWay: 1,
      align: "end",
      cell: (r) => <span className="num t2">{r.attempts}</span>,
    },
    {
      id: "next",
      header: t("col_next"),
      width: 120,
      givesWay: 2,
      cell: (r) => (
        <span className="t2">
          <Moment of={r.next_attempt_at} />
        </span>
      ),
    },
  ];
}

/** The documents one cause holds up. */
export function CauseDocuments({ rows, selection, onSelect }: CauseDocumentsProps) {
  const { t } = useTranslation("review");
  const columns = useMemo(() => causeColumns(t), [t]);
  return (
    <div className={s.documents}>
      <DataGrid
        label={t("table")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        selection={selection}
        onSelect={onSelect}
        onOpen={open}
      />
    </div>
  );
}
