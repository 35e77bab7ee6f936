import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { faultOf, faultText } from "~/ipc/errors";
import type { CreditInvoice } from "~/ipc/gen/CreditInvoice";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import {
  Button,
  DateField,
  Dialog,
  MoneyField,
  Note,
  RadioGroup,
  Table,
  TextField,
} from "~/ui/primitives";
import { useCredit, useCreditPreview, useDesk } from "../api";
import s from "./Credit.module.css";
import { NowAfter } from "./NowAfter";

type Part = "whole" | "lines";

/** Takes an invoice back, whole or by line, after showing what that does. */
export function CreditDialog({ invoice, onClose }: { invoice: InvoiceView; onClose: () => void }) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const today = useDesk()?.today ?? invoice.issue_date;
  // Made once: pressing twice credits once.
  const [id] = useState(() => crypto.randomUUID());
  const [part, setPart] = useState<Part>("whole");
  const [date, setDate] = useState<string | null>(today);
  const [reason, setReason] = useState("");
  const [amounts, setAmounts] = useState<Record<number, string | null>>({});
  const chosen = Object.entries(amounts).flatMap(([line, gross]) =>
    gross === null || /^0*\.?0*$/.test(gross) ? [] : [{ line: Number(line), gross }],
  );
  const request: CreditInvoice = {
    id,
    invoice_id: invoice.id,
    issue_date: date ?? today,
    reason: reason.trim(),
    lines: part === "whole" ? [] : chosen,
  };
  const isAsked = part === "whole" || chosen.length > 0;
  const preview = useCreditPreview({ ...request, reason: request.reason || "–" }, isAsked);
  const credit = useCredit();
  const fault = credit.error ?? (isAsked ? preview.error : null);
  let blockedReason: string | undefined;
  if (!isAsked) blockedReason = t("choose_lines");
  else if (preview.error) blockedReason = faultText(faultOf(preview.error));
  else if (request.reason === "") blockedReason = t("reason_needed");
  const gross = isAsked ? preview.data?.totals.gross : undefined;
  const record = () =>
    credit.mutate(request, {
      onSuccess: (note) => {
        onClose();
        void navigate({ to: "/invoices/credit-notes/$id", params: { id: note.id } });
      },
    });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      width="wide"
      isBusy={credit.isPending}
      title={t("credit_title", { number: invoice.number })}
      actions={
        <>
          <Button size="form" autoFocus onPress={onClose}>
            {t("keep_invoice", { number: invoice.number })}
          </Button>
          <Button
            size="form"
            variant="danger-fill"
            isBusy={credit.isPending}
            disabledReason={blockedReason}
            onPress={record}
          >
            {gross
              ? t("credit_amount", { amount: formatAmount(gross), number: invoice.number })
              : t("credit_verb")}
          </Button>
        </>
      }
    >
      <div className={s.form}>
        <RadioGroup<Part>
          label={t("how_much")}
          hideLabel
          look="cards"
          value={part}
          onChange={setPart}
          options={[
            { id: "whole", name: t("credit_whole"), detail: t("credit_whole_what") },
            { id: "lines", name: t("credit_lines"), detail: t("credit_lines_what") },
          ]}
        />
        {part === "lines" && (
          <LinesToCredit
            invoice={invoice}
            amounts={amounts}
            onChange={(line, gross) => setAmounts((old) => ({ ...old, [line]: gross }))}
          />
        )}
        <div className={s.pair}>
          <DateField
            label={t("credit_date")}
            value={date}
            onChange={setDate}
            min={invoice.issue_date}
            today={today}
          />
          <TextField
            label={t("reason")}
            isRequired
            value={reason}
            onChange={setReason}
            maxLength={200}
            hint={t("reason_hint")}
          />
        </div>
        {fault && <Note tone="danger">{faultText(faultOf(fault))}</Note>}
        {preview.data && isAsked && <NowAfter preview={preview.data} />}
      </div>
    </Dialog>
  );
}

interface LinesToCreditProps {
  invoice: InvoiceView;
  amounts: Record<number, string | null>;
  onChange: (line: number, gross: string | null) => void;
}

function LinesToCredit({ invoice, amounts, onChange }: LinesToCreditProps) {
  const { t } = useTranslation("invoices");
  return (
    <Table
      label={t("lines")}
      rows={invoice.lines.map((line, place) => ({ line, place }))}
      rowId={(row) => String(row.place)}
      columns={[
        { id: "what", header: t("description"), cell: ({ line }) => line.description },
        {
          id: "left",
          header: t("left_to_credit"),
          align: "end",
          width: "120px",
          cell: ({ line, place }) => (
            <Button
              variant="quiet"
              size="small"
              onPress={() => onChange(place, line.creditable.amount)}
            >
              {formatAmount(line.creditable)}
            </Button>
          ),
        },
        {
          id: "gross",
          header: t("take_back"),
          align: "end",
          width: "140px",
          cell: ({ line, place }) => (
            <MoneyField
              label={t("take_back_of", { line: line.description })}
              hideLabel
              hideCurrency
              allowNegative={line.creditable.amount.startsWith("-")}
              currency={line.creditable.currency}
              value={amounts[place] ?? null}
              onChange={(gross) => onChange(place, gross)}
            />
          ),
        },
      ]}
    />
  );
}
