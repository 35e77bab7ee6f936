import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { Button, MoneyField, Table } from "~/ui/primitives";

interface LinesToCreditProps {
  invoice: InvoiceView;
  amounts: Record<number, string | null>;
  onChange: (line: number, gross: string | null) => void;
}

/** How much of each line is taken back; what is left of it goes in by a press. */
export function LinesToCredit({ invoice, amounts, onChange }: LinesToCreditProps) {
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
