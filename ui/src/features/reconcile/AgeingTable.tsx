import { useTranslation } from "react-i18next";
import type { AgeingSides } from "~/ipc/gen/AgeingSides";
import type { Money } from "~/ipc/gen/Money";
import { Amount, Table } from "~/ui/primitives";

const COLUMNS = ["not_due", "to_30", "to_60", "to_90", "over_90"] as const;

interface Line {
  id: string;
  name: string;
  amounts: Money[];
  /** The other side says the same in every column. */
  agrees: boolean;
}

/** What is open of the invoices on both sides, by how long it is overdue. */
export function AgeingTable({ rows, system }: { rows: AgeingSides[]; system: string }) {
  const { t } = useTranslation("reconcile");
  const lines: Line[] = rows.flatMap(({ ours, theirs, agrees }, at) => {
    const currency = ours[0]?.currency ?? "";
    return [
      { id: `${at} ours`, name: `${t("ours")} · ${currency}`, amounts: ours, agrees },
      { id: `${at} theirs`, name: `${system} · ${currency}`, amounts: theirs, agrees },
    ];
  });
  return (
    <Table
      label={t("ageing")}
      look="page"
      rows={lines}
      rowId={(line) => line.id}
      columns={[
        { id: "side", header: t("side"), width: "200px", cell: (line) => line.name },
        ...COLUMNS.map((id, at) => ({
          id,
          header: t(id),
          align: "end" as const,
          cell: (line: Line) => (
            <Amount of={line.amounts[at]} look={line.agrees ? "plain" : "strong"} />
          ),
        })),
      ]}
    />
  );
}
