import { useTranslation } from "react-i18next";
import type { JournalEntry } from "~/ipc/gen/JournalEntry";
import type { PostingView } from "~/ipc/gen/PostingView";
import { Amount, Table } from "~/ui/primitives";

/** The lines of one entry: debits, credits, and the sum both come to. */
export function Postings({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation("ledger");
  return (
    <Table<PostingView>
      label={t("lines_of", { label: entry.label })}
      rows={entry.postings}
      rowId={(row) => `${row.account} ${row.tax_code ?? ""} ${row.debit ? "debit" : "credit"}`}
      columns={[
        { id: "account", header: t("account"), cell: account, sum: t("sum") },
        {
          id: "debit",
          header: t("debit"),
          align: "end",
          width: "104px",
          cell: (row) => row.debit && <Amount of={row.debit} />,
          sum: <Amount of={entry.total} />,
        },
        {
          id: "credit",
          header: t("credit"),
          align: "end",
          width: "104px",
          cell: (row) => row.credit && <Amount of={row.credit} />,
          sum: <Amount of={entry.total} />,
        },
      ]}
    />
  );
}

const account = (row: PostingView) => (
  <>
    <span className="num">{row.account}</span> <span className="t2">{row.account_name}</span>
  </>
);
