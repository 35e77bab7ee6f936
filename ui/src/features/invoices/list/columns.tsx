import type { TFunction } from "i18next";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import type { InvoiceSum } from "~/ipc/gen/InvoiceSum";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day, DueHint, ExportPill, InvoicePill } from "~/ui/primitives";

/** Days late or left mean something only while money is awaited. */
const AWAITS_MONEY = new Set(["open", "overdue", "part_paid"]);

function exportColumn(connection: ConnectionView): GridColumn<InvoiceRow> {
  return {
    id: connection.id,
    header: connection.system_name,
    width: 64,
    align: "center",
    cell: (row) => {
      const mark = row.exports.find((m) => m.connection_id === connection.id);
      return <ExportPill status={mark?.state ?? "none"} look="mark" />;
    },
  };
}

export interface ColumnsOf {
  t: TFunction<"invoices">;
  /** Sums of all that match; in the currency of the books. */
  sum: InvoiceSum | undefined;
  connections: readonly ConnectionView[];
}

/** The columns by their wire names, so that a head can be sorted by them. */
export function columnsOf({ t, sum, connections }: ColumnsOf): GridColumn<InvoiceRow>[] {
  return [
    ...documentColumns(t),
    ...amountColumns(t, sum),
    {
      id: "status",
      header: t("status"),
      width: 108,
      cell: (r) => <InvoicePill status={r.status} />,
    },
    ...connections.map(exportColumn),
  ];
}

/** The day of a document; a draft has one only where it is issued by itself. */
const dated = (row: InvoiceRow) => (row.kind === "draft" ? row.scheduled_on : row.issue_date);

/** Which document, whose, and of which days. */
function documentColumns(t: TFunction<"invoices">): GridColumn<InvoiceRow>[] {
  return [
    {
      id: "number",
      header: t("number"),
      width: 96,
      isPinned: true,
      isSortable: true,
      cell: (r) => (r.number ? <span className="num">{r.number}</span> : <Dash />),
    },
    {
      id: "student",
      header: t("student"),
      width: 124,
      grow: true,
      isSortable: true,
      cell: (r) =>
        r.student ? (
          <span className="clip" title={r.student}>
            {r.student}
          </span>
        ) : (
          <span className="t3">{t("no_student_yet")}</span>
        ),
    },
    {
      id: "payer",
      header: t("paid_by"),
      width: 124,
      givesWay: 4,
      cell: (r) =>
        r.payer ? (
          <span className="clip" title={r.payer}>
            {r.payer}
          </span>
        ) : (
          <Dash />
        ),
    },
    {
      id: "issue_date",
      header: t("issued"),
      width: 96,
      isSortable: true,
      givesWay: 1,
      cell: (r) => <span className="t2">{dated(r) && <Day of={dated(r)} />}</span>,
    },
    {
      id: "due_date",
      header: t("due"),
      width: 172,
      isSortable: true,
      givesWay: 3,
      cell: (r) => r.kind === "invoice" && <Due row={r} />,
    },
  ];
}

/** How much it is, and how much of it is still open. */
function amountColumns(
  t: TFunction<"invoices">,
  sum: InvoiceSum | undefined,
): GridColumn<InvoiceRow>[] {
  return [
    {
      id: "gross",
      header: t("total"),
      width: 104,
      givesWay: 2,
      align: "end",
      isSortable: true,
      sum: sum && <Amount of={sum.gross} look="strong" />,
      cell: (r) => (
        <span className="t2">
          <Amount of={r.gross} withCurrency={r.base !== null} />
        </span>
      ),
    },
    {
      id: "open",
      header: t("balance"),
      width: 104,
      align: "end",
      isSortable: true,
      sum: sum && <Amount of={sum.open} look="strong" />,
      cell: (r) => (
        <Amount
          of={r.kind === "draft" ? null : r.open}
          look="main"
          withCurrency={r.base !== null}
        />
      ),
    },
  ];
}

function Dash() {
  return <span className="t3">–</span>;
}

function Due({ row }: { row: InvoiceRow }) {
  return (
    <>
      <span className="t2 grow">
        <Day of={row.due_by} />
      </span>
      {AWAITS_MONEY.has(row.status) && <DueHint overdueDays={row.days_overdue} />}
    </>
  );
}
