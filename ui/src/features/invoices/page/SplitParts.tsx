import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { opposite } from "~/domain/amounts";
import { formatMoney } from "~/domain/money";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import type { SplitView } from "~/ipc/gen/SplitView";
import { Amount, Table } from "~/ui/primitives";
import s from "./Document.module.css";

/** What was taken off the whole document before VAT. */
export function DiscountRow({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  const { discount } = invoice.totals;
  if (!discount) return null;
  const percent = invoice.discount?.kind === "percent" ? ` ${invoice.discount.value} %` : "";
  return (
    <p className={s.discounted}>
      <span>
        {t("discount_all")}
        {percent}
      </span>
      <Amount of={opposite(discount)} />
    </p>
  );
}

/** All parts of the document this invoice is one of. */
export function SplitParts({ invoice, split }: { invoice: InvoiceView; split: SplitView }) {
  const { t } = useTranslation("invoices");
  return (
    <section className={s.part}>
      <h2 className={s.partName}>
        {t("part_of", {
          place: split.place,
          count: split.parts.length,
          whole: formatMoney(split.whole),
        })}
      </h2>
      <Table
        label={t("split_between")}
        rows={split.parts}
        rowId={(row) => row.id}
        columns={[
          {
            id: "number",
            header: t("number"),
            width: "112px",
            cell: (row) =>
              row.id === invoice.id ? (
                <span className="num medium">{row.number}</span>
              ) : (
                <Link to="/invoices/$id" params={{ id: row.id }} className="num">
                  {row.number}
                </Link>
              ),
          },
          { id: "buyer", header: t("paid_by"), cell: (row) => row.buyer },
          {
            id: "gross",
            header: t("total"),
            align: "end",
            width: "112px",
            cell: (row) => <Amount of={row.gross} />,
            sum: <Amount of={split.whole} look="strong" />,
          },
          {
            id: "open",
            header: t("balance"),
            align: "end",
            width: "112px",
            cell: (row) => <Amount of={row.open} look="main" />,
          },
        ]}
      />
    </section>
  );
}
