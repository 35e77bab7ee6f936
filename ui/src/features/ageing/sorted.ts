import { compareAmounts } from "~/domain/amounts";
import type { Money } from "~/domain/money";
import type { SortBy } from "~/ui/grid";

interface Aged {
  name: string;
  number: string;
  columns: Money[];
  credit: Money;
  balance: Money;
}

type Compare = (a: Aged, b: Aged) => number;

function comparing(column: string): Compare {
  if (column === "balance") return (a, b) => compareAmounts(a.balance, b.balance);
  if (column === "credit") return (a, b) => compareAmounts(a.credit, b.credit);
  const age = /^age(\d+)$/.exec(column)?.[1];
  if (age === undefined) return (a, b) => a.name.localeCompare(b.name, "nb");
  return (a, b) => {
    const [left, right] = [a.columns[Number(age)], b.columns[Number(age)]];
    return left && right ? compareAmounts(left, right) : 0;
  };
}

/** Rows that match what was typed, in the order asked for; the same name falls back on itself. */
export function sorted<R extends Aged>(rows: readonly R[], query: string, sort: SortBy): R[] {
  const wanted = query.trim().toLocaleLowerCase("nb");
  const compare = comparing(sort.column);
  const sign = sort.direction === "descending" ? -1 : 1;
  return rows
    .filter(
      (row) =>
        wanted === "" ||
        row.number.startsWith(wanted) ||
        row.name.toLocaleLowerCase("nb").includes(wanted),
    )
    .sort((a, b) => sign * compare(a, b) || a.number.localeCompare(b.number));
}
