import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import {
  Amount,
  Button,
  Day,
  Facts,
  Figure,
  InvoicePill,
  PanelSection,
  Peek,
  SkeletonLines,
} from "~/ui/primitives";
import { useInvoice } from "../api";
import { Books } from "../page/Books";
import { Timeline } from "../page/Timeline";
import { documentPath, goTo, paymentPath } from "../paths";
import type { Peeked } from "./memory";

interface RowPeekProps {
  peeked: Peeked;
  rows: { count: number; get: (index: number) => InvoiceRow | undefined };
  onPeek: (peeked: Peeked | null) => void;
}

/** A document beside the list, without losing the place. */
export function RowPeek({ peeked, rows, onPeek }: RowPeekProps) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const row = rows.get(peeked.index);
  const step = (by: number) => {
    const next = rows.get(peeked.index + by);
    if (next) onPeek({ id: next.id, kind: next.kind, index: peeked.index + by });
  };
  const open = () => void navigate({ to: documentPath(peeked.kind, peeked.id) });
  return (
    <Peek
      title={row?.number || t("draft")}
      badge={row && <InvoicePill status={row.status} overdueDays={row.days_overdue} isHeader />}
      onClose={() => onPeek(null)}
      onPrevious={peeked.index > 0 ? () => step(-1) : undefined}
      onNext={peeked.index + 1 < rows.count ? () => step(1) : undefined}
      foot={
        <>
          {row?.kind === "invoice" && row.status !== "paid" && row.status !== "credited" && (
            <Button
              variant="primary"
              keys="r"
              onPress={() => goTo(paymentPath(row.student_id, row.id))}
            >
              {t("record_payment")}
            </Button>
          )}
          <Button onPress={open}>{t("open")}</Button>
        </>
      }
    >
      {row && (
        <PanelSection>
          <Figure
            label={t("balance")}
            unit={row.open.currency}
            value={<Amount of={row.open} look="strong" />}
          />
          <Facts
            facts={[
              { label: t("student"), value: row.student || "–" },
              { label: t("issued"), value: <Day of={row.issue_date} /> },
              { label: t("due"), value: <Day of={row.due_date} /> },
              { label: t("total"), value: <Amount of={row.gross} /> },
            ]}
          />
        </PanelSection>
      )}
      {peeked.kind === "invoice" && <InvoicePeek id={peeked.id} />}
    </Peek>
  );
}

function InvoicePeek({ id }: { id: string }) {
  const { t } = useTranslation("invoices");
  const { data: invoice } = useInvoice(id, { keepPrevious: true });
  if (!invoice) return <SkeletonLines count={5} />;
  return (
    <>
      <PanelSection title={t("lines")}>
        <Facts
          facts={invoice.lines.map((line) => ({
            label: line.description,
            value: <Amount of={line.gross} />,
          }))}
        />
      </PanelSection>
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
