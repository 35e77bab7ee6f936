import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isZero, type Money } from "~/domain/money";
import type { OpenItemView } from "~/ipc/gen/OpenItemView";
import { Amount, Day, DueHint, Icon, MoneyField, Table, type TableColumn } from "~/ui/primitives";
import s from "./Payments.module.css";
import type { Shares } from "./shares";

interface SharesTableProps {
  items: readonly OpenItemView[];
  shares: Shares;
  /** Per share what stays open after it. */
  openAfter: readonly Money[];
  currency: string;
  isStale: boolean;
  /** In a dialog: without the total, and without the gutter of a page. */
  isNarrow?: boolean;
  onShare: (invoice_id: string, amount: string | null) => void;
}

/** Open invoices, oldest first, with the share of the money that each takes. */
export function SharesTable(props: SharesTableProps) {
  const { items, shares, openAfter, currency, isStale, isNarrow, onShare } = props;
  const { t } = useTranslation("payments");
  const at = (id: string) => shares.findIndex((share) => share.invoice_id === id);
  return (
    <Table
      label={t("open_invoices")}
      look={isNarrow ? "panel" : "page"}
      rows={items}
      rowId={(item) => item.invoice_id}
      columns={[
        {
          id: "number",
          header: t("invoice"),
          cell: (item) => <span className="num">{item.number}</span>,
        },
        {
          id: "due",
          header: t("due"),
          width: isNarrow ? "184px" : "196px",
          cell: (item) => (
            <span className={s.due}>
              <span className="t2">
                <Day of={item.due_date} />
              </span>
              {item.days_overdue >= 0 && <DueHint overdueDays={item.days_overdue} />}
            </span>
          ),
        },
        ...(isNarrow ? [] : [totalColumn(t("total"))]),
        {
          id: "open",
          header: t("balance"),
          align: "end",
          width: isNarrow ? "92px" : "112px",
          cell: (item) => <Amount of={item.open} look="main" />,
        },
        {
          id: "share",
          header: t("allocate"),
          align: "end",
          width: "136px",
          cell: (item) => (
            <div className={s.share}>
              <MoneyField
                label={t("share_of", { number: item.number })}
                hideLabel
                hideCurrency
                name={`share ${item.number}`}
                currency={currency}
                value={nothingIfZero(shares[at(item.invoice_id)]?.amount ?? null, currency)}
                onChange={(amount) => onShare(item.invoice_id, amount)}
              />
            </div>
          ),
        },
        {
          id: "after",
          header: t("left_after"),
          align: "end",
          width: isNarrow ? "100px" : "120px",
          cell: (item) => (
            <LeftAfter of={openAfter[at(item.invoice_id)] ?? item.open} isStale={isStale} />
          ),
        },
      ]}
    />
  );
}

const totalColumn = (header: string): TableColumn<OpenItemView> => ({
  id: "gross",
  header,
  align: "end",
  width: "112px",
  cell: (item) => (
    <span className="t2">
      <Amount of={item.gross} />
    </span>
  ),
});

/** An empty field says "nothing" more quietly than a row of zeros. */
const nothingIfZero = (amount: string | null, currency: string) =>
  amount !== null && isZero({ amount, currency }) ? null : amount;

function LeftAfter({ of, isStale }: { of: Money; isStale: boolean }) {
  const isDone = isZero(of);
  return (
    <span className={isStale ? s.stale : undefined}>
      {isDone ? (
        <span className={s.done}>
          <Icon of={Check} size={14} /> <Amount of={of} />
        </span>
      ) : (
        <Amount of={of} look={of.amount.startsWith("-") ? "late" : "plain"} />
      )}
    </span>
  );
}
