import { useTranslation } from "react-i18next";
import type { JournalEntry } from "~/ipc/gen/JournalEntry";
import type { PostingView } from "~/ipc/gen/PostingView";
import { useRpc } from "~/ipc/hooks";
import { Amount, Day, Table } from "~/ui/primitives";
import { causeWord } from "./words";

interface Line extends PostingView {
  /** Only the first line of an entry says what it is. */
  entry: JournalEntry | null;
  id: string;
}

const linesOf = (entries: readonly JournalEntry[]): Line[] =>
  entries.flatMap((entry) =>
    entry.postings.map((posting, place) => ({
      ...posting,
      entry: place === 0 ? entry : null,
      id: `${entry.cause} ${entry.id} ${place}`,
    })),
  );

/** What an invoice, credit note or payment posted, entry by entry. */
export function JournalOf({ id }: { id: string }) {
  const { t } = useTranslation("ledger");
  const { data } = useRpc("journal_of", { id });
  if (!data || data.entries.length === 0) return null;
  return (
    <Table<Line>
      label={t("postings")}
      rows={linesOf(data.entries)}
      rowId={(row) => row.id}
      columns={[
        {
          id: "on",
          header: t("day"),
          width: "88px",
          cell: ({ entry }) => entry && <Day of={entry.on} />,
        },
        {
          id: "cause",
          header: t("what"),
          width: "24%",
          cell: ({ entry }) => entry && <span className="t2">{causeWord(entry.cause)}</span>,
        },
        {
          id: "account",
          header: t("account"),
          cell: (row) => (
            <>
              <span className="num">{row.account}</span>{" "}
              <span className="t2">{row.account_name}</span>
            </>
          ),
        },
        {
          id: "debit",
          header: t("debit"),
          align: "end",
          width: "96px",
          cell: (row) => row.debit && <Amount of={row.debit} />,
        },
        {
          id: "credit",
          header: t("credit"),
          align: "end",
          width: "96px",
          cell: (row) => row.credit && <Amount of={row.credit} />,
        },
      ]}
    />
  );
}
