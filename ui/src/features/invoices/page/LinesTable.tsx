import { useTranslation } from "react-i18next";
import type { LineView } from "~/ipc/gen/LineView";
import { Amount, Table } from "~/ui/primitives";
import { formatDecimal } from "./decimal";

/** The lines as they were issued. */
export function LinesTable({ lines }: { lines: readonly LineView[] }) {
  const { t } = useTranslation("invoices");
  const rows = lines.map((line, place) => ({ line, place }));
  return (
    <Table
      label={t("lines")}
      look="page"
      rows={rows}
      rowId={(row) => String(row.place)}
      columns={[
        {
          id: "what",
          header: t("description"),
          cell: ({ line }) => (
            <>
              {line.description} <span className="t3">{line.service_code}</span>
            </>
          ),
        },
        {
          id: "qty",
          header: t("quantity"),
          align: "end",
          width: "72px",
          cell: ({ line }) => <span className="num">{formatDecimal(line.quantity)}</span>,
        },
        {
          id: "price",
          header: t("price"),
          align: "end",
          width: "104px",
          cell: ({ line }) => <span className="num t2">{formatDecimal(line.unit_price, 2)}</span>,
        },
        {
          id: "discount",
          header: t("discount"),
          align: "end",
          width: "72px",
          cell: ({ line }) =>
            /^0*\.?0*$/.test(line.discount_percent) ? (
              ""
            ) : (
              <span className="num t2">{formatDecimal(line.discount_percent)} %</span>
            ),
        },
        {
          id: "vat",
          header: t("vat"),
          width: "96px",
          cell: ({ line }) => <span className="t2">{line.tax_name}</span>,
        },
        {
          id: "gross",
          header: t("amount"),
          align: "end",
          width: "112px",
          cell: ({ line }) => <Amount of={line.amount} look="main" />,
        },
      ]}
    />
  );
}
