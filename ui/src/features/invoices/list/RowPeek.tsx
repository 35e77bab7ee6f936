import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import type { ListPeekProps } from "~/ui/list/useListPlace";
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
import { CreditNotePeek, DraftPeek, InvoicePeek } from "./PeekParts";

/** A document beside the list, without losing the place. */
export function RowPeek({ id, row, onClose, onPrevious, onNext }: ListPeekProps<InvoiceRow>) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  // What moved the rows has not made another kind of it, unless a draft was issued.
  const lastKind = useRef<{ id: string; kind: string } | null>(null);
  if (row) lastKind.current = { id, kind: row.kind };
  const kind = lastKind.current?.id === id ? lastKind.current.kind : "invoice";
  const isOwed = row?.kind === "invoice" && ["open", "overdue", "part_paid"].includes(row.status);
  return (
    <Peek
      title={row?.number || t("draft")}
      badge={
        row &&
        (row.kind !== "draft" || row.status !== "draft") && (
          <InvoicePill status={row.status} overdueDays={row.days_overdue} isHeader />
        )
      }
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
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
          <Button keys="enter" onPress={() => void navigate({ to: documentPath(kind, id) })}>
            {t("open")}
          </Button>
        </>
      }
    >
      {row && <RowFacts row={row} />}
      {kind === "invoice" && <InvoicePeek id={id} />}
      {kind === "credit_note" && <CreditNotePeek id={id} />}
      {kind === "draft" && <DraftPeek id={id} />}
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
          row.scheduled_on
            ? { label: t("scheduled_on"), value: <Day of={row.scheduled_on} look="long" /> }
            : { label: t("issued"), value: <Day of={row.issue_date} look="long" /> },
          ...(row.kind === "credit_note"
            ? []
            : [{ label: t("due"), value: <Day of={row.due_date} look="long" /> }]),
          ...(row.plan === "kept"
            ? [{ label: t("by_plan"), value: <Day of={row.due_by} look="long" /> }]
            : []),
          ...(isDraft ? [] : [{ label: t("total"), value: <Amount of={row.gross} /> }]),
          ...(row.base
            ? [
                {
                  label: t("in_books"),
                  value: <Amount of={isDraft ? row.base.gross : row.base.open} withCurrency />,
                },
              ]
            : []),
        ]}
      />
    </PanelSection>
  );
}
