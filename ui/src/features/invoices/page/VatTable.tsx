import { useTranslation } from "react-i18next";
import type { TotalsView } from "~/ipc/gen/TotalsView";
import { Amount, Table } from "~/ui/primitives";

/** VAT per code, and the sum under its own column. */
export function VatTable({ totals, label }: { totals: TotalsView; label?: string }) {
  const { t } = useTranslation("invoices");
  return (
    <Table
      label={label ?? t("vat_per_code")}
      rows={totals.by_code}
      rowId={(row) => `${row.code} ${row.rate}`}
      columns={[
        {
          id: "name",
          header: t("vat_code"),
          cell: (row) => (
            <>
              {row.name} {row.reason && <span className="t3">{row.reason}</span>}
            </>
          ),
          sum: t("total"),
        },
        {
          id: "net",
          header: t("net"),
          align: "end",
          width: "112px",
          cell: (row) => <Amount of={row.net} />,
          sum: <Amount of={totals.net} />,
        },
        {
          id: "vat",
          header: t("vat_amount"),
          align: "end",
          width: "112px",
          cell: (row) => <Amount of={row.vat} />,
          sum: <Amount of={totals.vat} />,
        },
        {
          id: "gross",
          header: t("with_vat"),
          align: "end",
          width: "112px",
          cell: (row) => <Amount of={row.gross} />,
          sum: <Amount of={totals.gross} look="strong" />,
        },
      ]}
    />
  );
}
