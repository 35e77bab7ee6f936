import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { opposite } from "~/domain/amounts";
import { isNegative, isZero, type Money } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { AgeingStudent } from "~/ipc/gen/AgeingStudent";
import type { AgeingView } from "~/ipc/gen/AgeingView";
import type { GridColumn } from "~/ui/grid";
import { Amount } from "~/ui/primitives";
import s from "./Ageing.module.css";
import { cellSearch, type ItemsSearch } from "./items";
import { columnName } from "./labels";
import type { AgeBy } from "./question";

export interface Asked {
  as_of: string;
  by: AgeBy;
  ends: readonly number[];
}

/** Every row adds up across: what is owed by age, less credit, is the balance. */
export function ageingColumns(
  t: TFunction<"ageing">,
  asked: Asked,
  view: AgeingView | undefined,
): GridColumn<AgeingStudent>[] {
  return [
    {
      id: "name",
      header: t("student"),
      width: 152,
      grow: true,
      isPinned: true,
      isSortable: true,
      cell: (r) => (
        <>
          <Link
            to={placeOf("student", r.student_id)}
            className={`clip ${s.name}`}
            tabIndex={-1}
            title={r.name}
          >
            {r.name}
          </Link>
          <span className="t3 num small">{r.number}</span>
        </>
      ),
    },
    ...amountColumns<AgeingStudent>(t, asked, view, (r) => ({ student: r.student_id })),
  ];
}

interface Aged {
  columns: Money[];
  credit: Money;
  balance: Money;
}

type Words = TFunction<"ageing">;
/** Whose amounts a row holds, as the address of its rows says it; null: they have none. */
type Whose<R> = (row: R) => { student?: string; department?: string } | null;

export function amountColumns<R extends Aged>(
  t: Words,
  asked: Asked,
  view: AgeingView | undefined,
  whose: Whose<R>,
): GridColumn<R>[] {
  const ages = Array.from({ length: asked.ends.length + 2 }, (_, at) => at);
  const search = (r: R, cell: { column?: number; credit?: true }) => {
    const of = whose(r);
    return of && cellSearch(asked, { ...cell, ...of });
  };
  return [
    ...ages.map(
      (at): GridColumn<R> => ({
        id: `age${at}`,
        header: columnName(t, asked.ends, at),
        width: 96,
        align: "end",
        isSortable: true,
        sum: view && (
          <Drilled of={view.columns[at]} search={cellSearch(asked, { column: at })} isSum />
        ),
        cell: (r) => <Drilled of={r.columns[at]} search={search(r, { column: at })} />,
      }),
    ),
    {
      id: "credit",
      header: t("credit"),
      width: 96,
      align: "end",
      isSortable: true,
      sum: view && <Credit of={view.credit} search={cellSearch(asked, { credit: true })} />,
      cell: (r) => <Credit of={r.credit} search={search(r, { credit: true })} />,
    },
    {
      id: "balance",
      header: t("balance"),
      width: 104,
      align: "end",
      isSortable: true,
      sum: view && <Amount of={view.balance} />,
      cell: (r) => <Balance of={r.balance} to={asked.as_of} student={whose(r)?.student} />,
    },
  ];
}

interface DrilledProps {
  of: Money | undefined;
  search: ItemsSearch | null;
  isSum?: boolean;
}

function Drilled({ of, search, isSum }: DrilledProps) {
  if (!of || isZero(of)) return <span className="t3">–</span>;
  const amount = <Amount of={of} look={isSum ? "strong" : "plain"} />;
  if (search === null) return amount;
  return (
    <Link to="/ageing/items" search={search} className={s.cell} tabIndex={-1}>
      {amount}
    </Link>
  );
}

/** Credit stands with a minus, so that the row can be added from left to right. */
function Credit({ of, search }: { of: Money; search: ItemsSearch | null }) {
  if (isZero(of)) return <span className="t3">–</span>;
  const amount = <Amount of={opposite(of)} look="credit" />;
  if (search === null) return amount;
  return (
    <Link to="/ageing/items" search={search} className={s.cell} tabIndex={-1}>
      {amount}
    </Link>
  );
}

/** The balance of a student opens to what is open on the day, which adds up to it. */
function Balance({ of, to, student }: { of: Money; to: string; student: string | undefined }) {
  const amount = <Amount of={of} look={isNegative(of) ? "credit" : "main"} />;
  if (!student) return amount;
  return (
    <Link
      to="/students/$id/statement"
      params={{ id: student }}
      search={{ to, style: "open" }}
      className={s.cell}
      tabIndex={-1}
    >
      {amount}
    </Link>
  );
}
