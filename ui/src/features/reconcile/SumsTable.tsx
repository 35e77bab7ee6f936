import { useTranslation } from "react-i18next";
import type { SumRowView } from "~/ipc/gen/SumRowView";
import { Amount, Pill, Table, type TableColumn } from "~/ui/primitives";
import { kindWord } from "./words";

/** Counts and sums by kind and currency, ours beside theirs. */
export function SumsTable({ rows, system }: { rows: SumRowView[]; system: string }) {
  const { t } = useTranslation("reconcile");
  const side = (of: "ours" | "theirs", name: string): TableColumn<SumRowView>[] => [
    {
      id: `${of}_count`,
      header: t("count_of", { name }),
      align: "end",
      cell: (row) => <span className="num">{row[of].count}</span>,
    },
    {
      id: `${of}_net`,
      header: t("net_of", { name }),
      align: "end",
      cell: (row) => <Amount of={row[of].net} />,
    },
    {
      id: `${of}_vat`,
      header: t("vat_of", { name }),
      align: "end",
      cell: (row) => <Amount of={row[of].vat} />,
    },
    {
      id: `${of}_gross`,
      header: t("gross_of", { name }),
      align: "end",
      cell: (row) => <Amount of={row[of].gross} look="strong" />,
    },
  ];
  // A column that says the same in every row takes the room of one that does not.
  const isMixed = new Set(rows.map((row) => row.ours.gross.currency)).size > 1;
  const currency: TableColumn<SumRowView> = {
    id: "currency",
    header: t("currency"),
    width: "96px",
    cell: (row) => row.ours.gross.currency,
  };
  return (
    <Table
      label={t("sums")}
      look="page"
      rows={rows}
      rowId={(row) => `${row.kind} ${row.ours.gross.currency}`}
      columns={[
        { id: "kind", header: t("kind"), width: "150px", cell: (row) => kindWord(t, row.kind) },
        ...(isMixed ? [currency] : []),
        ...side("ours", t("ours")),
        ...side("theirs", system),
        {
          id: "difference",
          header: t("difference"),
          align: "end",
          cell: (row) => <Amount of={row.difference} look={row.agrees ? "plain" : "late"} />,
        },
        {
          id: "agrees",
          header: t("state"),
          width: "110px",
          cell: (row) => (
            <Pill
              tone={row.agrees ? "success" : "danger"}
              shape={row.agrees ? "check" : "alert"}
              isQuiet={row.agrees}
            >
              {row.agrees ? t("agrees") : t("differs")}
            </Pill>
          ),
        },
      ]}
    />
  );
}
