import { useTranslation } from "react-i18next";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import type { SettlementView } from "~/ipc/gen/SettlementView";
import { Gain } from "~/ui/exchange/Worth";
import { Amount, Day, Facts, PanelSection, SkeletonLines, Table } from "~/ui/primitives";
import { Timeline } from "~/ui/timeline/Timeline";
import { useCreditNote, useDraft, useInvoice } from "../api";
import { Books } from "../page/Books";
import { formatDecimal } from "../page/decimal";

interface ShortLine {
  description: string;
  quantity: string;
  amount: InvoiceView["open"] | undefined;
}

function Lines({ lines }: { lines: readonly ShortLine[] }) {
  const { t } = useTranslation("invoices");
  return (
    <Table
      label={t("lines")}
      rows={lines.map((line, place) => ({ line, place }))}
      rowId={(row) => String(row.place)}
      columns={[
        { id: "what", header: t("lines"), cell: ({ line }) => line.description },
        {
          id: "qty",
          header: t("quantity"),
          align: "end",
          width: "48px",
          cell: ({ line }) => formatDecimal(line.quantity),
        },
        {
          id: "amount",
          header: t("amount"),
          align: "end",
          width: "96px",
          cell: ({ line }) => <Amount of={line.amount} />,
        },
      ]}
    />
  );
}

/** Lines, what settled it, where it stands in the books, and what happened. */
export function InvoicePeek({ id }: { id: string }) {
  const { t } = useTranslation("invoices");
  const { data: invoice } = useInvoice(id);
  if (!invoice) return <Waiting />;
  return (
    <>
      <PanelSection>
        <Lines lines={invoice.lines.map((line) => ({ ...line, amount: line.gross }))} />
      </PanelSection>
      {invoice.settlements.length > 0 && (
        <PanelSection title={t("settled_by")} end={invoice.settlements.length}>
          <Table
            label={t("settled_by")}
            rows={invoice.settlements}
            rowId={(row) => `${row.source_id} ${row.date} ${row.amount.amount}`}
            columns={[
              { id: "date", header: t("date"), width: "72px", cell: (r) => <Day of={r.date} /> },
              { id: "by", header: t("by"), cell: (r) => <SettledBy row={r} /> },
              {
                id: "amount",
                header: t("amount"),
                align: "end",
                width: "96px",
                cell: (r) => <Amount of={r.amount} />,
              },
            ]}
          />
        </PanelSection>
      )}
      {invoice.exports.length > 0 && (
        <PanelSection title={t("in_the_books")}>
          <Books exports={invoice.exports} />
        </PanelSection>
      )}
      <PanelSection title={t("history")}>
        <Timeline entries={invoice.history} />
      </PanelSection>
    </>
  );
}

function SettledBy({ row }: { row: SettlementView }) {
  return (
    <>
      {row.label} <Gain of={row.gain} />
    </>
  );
}

export function CreditNotePeek({ id }: { id: string }) {
  const { t } = useTranslation("invoices");
  const { data: note } = useCreditNote(id);
  if (!note) return <Waiting />;
  return (
    <>
      <PanelSection>
        <Facts
          facts={[
            { label: t("of_invoice"), value: note.invoice_number },
            { label: t("reason"), value: note.reason },
            { label: t("not_used_yet"), value: <Amount of={note.unused} look="credit" /> },
          ]}
        />
      </PanelSection>
      {note.exports.length > 0 && (
        <PanelSection title={t("in_the_books")}>
          <Books exports={note.exports} />
        </PanelSection>
      )}
    </>
  );
}

export function DraftPeek({ id }: { id: string }) {
  const { data: view } = useDraft(id);
  if (!view) return <Waiting />;
  return (
    <PanelSection>
      <Lines
        lines={view.draft.lines.map((line, place) => ({
          ...line,
          amount: view.lines[place]?.amount,
        }))}
      />
    </PanelSection>
  );
}

function Waiting() {
  return (
    <PanelSection>
      <SkeletonLines count={5} />
    </PanelSection>
  );
}
