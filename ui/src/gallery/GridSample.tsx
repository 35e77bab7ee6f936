import { ReceiptText } from "lucide-react";
import { useState } from "react";
import {
  DataGrid,
  type GridColumn,
  type GridSelection,
  NOTHING_SELECTED,
  type SortBy,
  selectedCount,
  useWindowedRows,
} from "~/ui/grid";
import {
  Amount,
  BulkBar,
  Button,
  Day,
  DueHint,
  ExportPill,
  Facts,
  InvoicePill,
  PanelSection,
  Peek,
} from "~/ui/primitives";
import s from "./Gallery.module.css";
import { type SampleInvoice, samplePage } from "./samples";

const COLUMNS: GridColumn<SampleInvoice>[] = [
  {
    id: "number",
    header: "Number",
    width: 88,
    isPinned: true,
    isSortable: true,
    cell: (r) => <span className="num">{r.number}</span>,
  },
  {
    id: "student",
    header: "Student",
    headerNote: "payer",
    width: 160,
    grow: true,
    isSortable: true,
    cell: (r) => (
      <span className="clip">
        {r.student}
        {r.payer && <span className="t3"> · {r.payer}</span>}
      </span>
    ),
  },
  {
    id: "issued",
    header: "Issued",
    width: 80,
    isSortable: true,
    cell: (r) => (
      <span className="t2">
        <Day of={r.issued} />
      </span>
    ),
  },
  {
    id: "due",
    header: "Due",
    width: 120,
    isSortable: true,
    cell: (r) => (
      <>
        <span className="t2 grow">
          <Day of={r.due} />
        </span>
        <DueHint overdueDays={r.overdueDays} />
      </>
    ),
  },
  {
    id: "total",
    header: "Total",
    width: 112,
    align: "end",
    sum: "8 214 350,00",
    cell: (r) => (
      <span className="t2">
        <Amount of={r.total} />
      </span>
    ),
  },
  {
    id: "balance",
    header: "Balance",
    width: 112,
    align: "end",
    isSortable: true,
    sum: "871 245,00",
    cell: (r) => <Amount of={r.balance} look="main" />,
  },
  { id: "status", header: "Status", width: 104, cell: (r) => <InvoicePill status={r.status} /> },
  {
    id: "xero",
    header: "Xero",
    width: 56,
    align: "center",
    cell: (r) => <ExportPill status={r.exported} look="mark" />,
  },
];

/** A list of a hundred thousand rows with a panel beside it. */
export function GridSample() {
  const [sort, setSort] = useState<SortBy>({ column: "issued", direction: "descending" });
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED);
  const [open, setOpen] = useState<SampleInvoice | null>(null);
  const rows = useWindowedRows<SampleInvoice>({
    queryKey: ["gallery", sort],
    fetchPage: (offset, limit) => samplePage(offset, limit),
  });
  const picked = selectedCount(selection, rows.count);
  return (
    <div className={s.listing}>
      <div style={{ display: "flex", flexDirection: "column", flex: 1, minWidth: 0 }}>
        <DataGrid
          label="Invoices"
          columns={COLUMNS}
          rows={rows}
          rowId={(r) => r.id}
          sort={sort}
          onSort={setSort}
          selection={selection}
          onSelect={setSelection}
          openId={open?.id}
          onPeek={setOpen}
          onActive={(r) => open && setOpen(r)}
          footLead={
            <span>
              <b>1 284</b> of 100 000
            </span>
          }
        />
        {picked > 0 && (
          <BulkBar
            label="Selected"
            end={
              <Button size="small" icon={ReceiptText}>
                Remind
              </Button>
            }
          >
            <b>{picked} selected</b>
          </BulkBar>
        )}
      </div>
      {open && (
        <Peek
          title={open.number}
          badge={<InvoicePill status={open.status} overdueDays={open.overdueDays} isHeader />}
          onClose={() => setOpen(null)}
          onPrevious={() => undefined}
          onNext={() => undefined}
          foot={
            <Button variant="primary" keys="r">
              Record payment
            </Button>
          }
        >
          <PanelSection title="Student" end="1">
            <Facts
              facts={[
                { label: "Student", value: open.student },
                { label: "Balance", value: <Amount of={open.balance} look="main" withCurrency /> },
              ]}
            />
          </PanelSection>
        </Peek>
      )}
    </div>
  );
}
