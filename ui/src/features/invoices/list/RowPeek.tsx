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
} from "~/ui/primitives";
import { documentPath, goTo, paymentPath } from "../paths";
import type { Peeked } from "./memory";
import { CreditNotePeek, DraftPeek, InvoicePeek } from "./PeekParts";

interface RowPeekProps {
  peeked: Peeked;
  rows: { count: number; get: (index: number) => InvoiceRow | undefined };
  onPeek: (row: InvoiceRow, index: number) => void;
  onClose: () => void;
}

/** A document beside the list, without losing the place. */
export function RowPeek({ peeked, rows, onPeek, onClose }: RowPeekProps) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const there = rows.get(peeked.index);
  // Something that was issued or paid meanwhile may have moved the rows.
  const row = there?.id === peeked.id ? there : undefined;
  const step = (by: number) => {
    const next = rows.get(peeked.index + by);
    if (next) onPeek(next, peeked.index + by);
  };
  const isOwed = row?.kind === "invoice" && ["open", "overdue", "part_paid"].includes(row.status);
  return (
    <Peek
      title={row?.number || t("draft")}
      badge={
        row &&
        row.kind !== "draft" && (
          <InvoicePill status={row.status} overdueDays={row.days_overdue} isHeader />
        )
      }
      onClose={onClose}
      onPrevious={peeked.index > 0 ? () => step(-1) : undefined}
      onNext={peeked.index + 1 < rows.count ? () => step(1) : undefined}
      foot={
        <>
          {isOwed && (
            <Button
              variant="primary"
              keys="r"
              onPress={() => goTo(paymentPath(row.student_id, row.id))}
            >
              {t("record_payment")}
            </Button>
          )}
          <Button
            keys="enter"
            onPress={() => void navigate({ to: documentPath(peeked.kind, peeked.id) })}
          >
            {t("open")}
          </Button>
        </>
      }
    >
      {row && <RowFacts row={row} />}
      {peeked.kind === "invoice" && <InvoicePeek id={peeked.id} />}
      {peeked.kind === "credit_note" && <CreditNotePeek id={peeked.id} />}
      {peeked.kind === "draft" && <DraftPeek id={peeked.id} />}
    </Peek>
  );
}

/** What the row already says, so that the panel is never empty. */
function RowFacts({ row }: { row: InvoiceRow }) {
  const { t } = useTranslation("invoices");
  const isDraft = row.kind === "draft";
  const figure = isDraft ? row.gross : row.open;
  return (
    <PanelSection>
      <Figure
        label={t(isDraft ? "total" : "balance")}
        unit={figure.currency}
        value={<Amount of={figure} look="strong" />}
      />
      <Facts
        facts={[
          { label: t("student"), value: row.student || "–" },
          { label: t("issued"), value: <Day of={row.issue_date} look="long" /> },
          ...(row.kind === "credit_note"
            ? []
            : [{ label: t("due"), value: <Day of={row.due_date} look="long" /> }]),
          ...(isDraft ? [] : [{ label: t("total"), value: <Amount of={row.gross} /> }]),
        ]}
      />
    </PanelSection>
  );
}
