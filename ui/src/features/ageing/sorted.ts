import { minor } from "~/domain/amounts";
import type { Money } from "~/domain/money";
import type { SortBy } from "~/ui/grid";

interface Aged {
  name: string;
  number: string;
  columns: Money[];
  credit: Money;
  balance: Money;
}

/** What a row is ordered by; worked out once a row, not once a comparison. */
type Key = (row: Aged) => bigint | string;

function keyOf(column: string): Key {
  if (column === "balance") return (row) => minor(row.balance);
  if (column === "credit") return (row) => minor(row.credit);
  const age = /^age(\d+)$/.exec(column)?.[1];
  if (age === undefined) return (row) => row.name;
  return (row) => {
    const money = row.columns[Number(age)];
    return money ? minor(money) : 0n;
  };
}

const names = new Intl.Collator("nb");

function compare(a: bigint | string, b: bigint | string): number {
  if (typeof a === "string" && typeof b === "string") return names.compare(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows that match what was typed, in the order asked for; the same name falls back on itself. */
export function sorted<R extends Aged>(rows: readonly R[], query: string, sort: SortBy): R[] {
  const wanted = query.trim().toLocaleLowerCase("nb");
  const key = keyOf(sort.column);
  const sign = sort.direction === "descending" ? -1 : 1;
  return rows
    .filter(
      (row) =>
        wanted === "" ||
        row.number.startsWith(wanted) ||
        row.name.toLocaleLowerCase("nb").includes(wanted),
    )
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => sign * compare(a.key, b.key) || names.compare(a.row.number, b.row.number))
    .map(({ row }) => row);
}
