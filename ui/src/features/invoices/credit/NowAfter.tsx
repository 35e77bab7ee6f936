import { useTranslation } from "react-i18next";
import type { CreditPreview } from "~/ipc/gen/CreditPreview";
import { Amount, Table } from "~/ui/primitives";

/** Money that will change, as it stands now and afterwards. */
export function NowAfter({ preview }: { preview: CreditPreview }) {
  const { t } = useTranslation("invoices");
  const rows = [
    { id: "open", label: t("open_of_invoice"), now: preview.open_now, after: preview.open_after },
    {
      id: "balance",
      label: t("student_balance"),
      now: preview.balance_now,
      after: preview.balance_after,
    },
    { id: "credit", label: t("becomes_credit"), now: null, after: preview.becomes_credit },
    ...(preview.base ? [{ id: "base", label: t("in_books"), now: null, after: preview.base }] : []),
  ];
  // The note is in the currency of its invoice, the balance in that of the books.
  const isForeign = preview.base !== null;
  return (
    <Table
      label={t("what_changes")}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        {
          id: "label",
          header: t("credit_note_number", { number: preview.next_number }),
          cell: (row) => row.label,
        },
        {
          id: "now",
          header: t("now"),
          align: "end",
          width: "120px",
          cell: (row) => (row.now ? <Amount of={row.now} withCurrency={isForeign} /> : ""),
        },
        {
          id: "after",
          header: t("after"),
          align: "end",
          width: "120px",
          cell: (row) => <Amount of={row.after} look="main" withCurrency={isForeign} />,
        },
      ]}
    />
  );
}
