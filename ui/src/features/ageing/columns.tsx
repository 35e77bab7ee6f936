import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { opposite } from "~/domain/amounts";
import { isNegative, isZero, type Money } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { AgeingStudent } from "~/ipc/gen/AgeingStudent";
import type { AgeingView } from "~/ipc/gen/AgeingView";
import { CellLink, type GridColumn } from "~/ui/grid";
import { Amount } from "~/ui/primitives";
import s from "./Ageing.module.css";
import { cellSearch, type ItemsSearch, itemsPath } from "./items";
import { columnName } from "./labels";
import type { AgeBy } from "./question";

export interface Asked {
  as_of: string;
  by: AgeBy;
  ends: readonly number[];
  /** Only students of it; `none`: of no department. */
  department?: string;
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
          <CellLink
            path={placeOf("student", r.student_id)}
            className={`clip ${s.name}`}
            title={r.name}
          >
            {r.name}
          </CellLink>
          <span className="t3 num small">{r.number}</span>
        </>
      ),
    },
    ...amountColumns<AgeingStudent>(t, asked, view, {
      whose: (r) => ({ student: r.student_id, department: asked.department }),
      balance: (r, amount) => (
        <CellLink
          path={`${placeOf("student", r.student_id)}/statement?to=${asked.as_of}&style=open`}
          className={s.cell}
        >
          {amount}
        </CellLink>
      ),
    }),
  ];
}

interface Aged {
  columns: Money[];
  credit: Money;
  balance: Money;
}

type Words = TFunction<"ageing">;
interface Opening<R> {
  /** Whose amounts a row holds, as the address of its rows says it. */
  whose: (row: R) => Pick<ItemsSearch, "student" | "department" | "payer">;
  /** What a balance opens to. */
  balance: (row: R, amount: ReactNode) => ReactNode;
}

export function amountColumns<R extends Aged>(
  t: Words,
  asked: Asked,
  view: Pick<AgeingView, "columns" | "credit" | "balance"> | undefined,
  { whose, balance }: Opening<R>,
): GridColumn<R>[] {
  const ages = Array.from({ length: asked.ends.length + 2 }, (_, at) => at);
  const search = (r: R, cell: { column?: number; credit?: true }) =>
    cellSearch(asked, { ...cell, ...whose(r) });
  const all = { department: asked.department };
  return [
    ...ages.map(
      (at): GridColumn<R> => ({
        id: `age${at}`,
        header: columnName(t, asked.ends, at),
        width: 96,
        align: "end",
        isSortable: true,
        leadsOn: true,
        sum: view && (
          <Drilled of={view.columns[at]} search={cellSearch(asked, { column: at, ...all })} isSum />
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
      leadsOn: true,
      sum: view && (
        <Credit of={view.credit} search={cellSearch(asked, { credit: true, ...all })} isSum />
      ),
      cell: (r) => <Credit of={r.credit} search={search(r, { credit: true })} />,
    },
    {
      id: "balance",
      header: t("balance"),
      width: 104,
      align: "end",
      isSortable: true,
      leadsOn: true,
      sum: view && <Amount of={view.balance} />,
      cell: (r) =>
        balance(r, <Amount of={r.balance} look={isNegative(r.balance) ? "credit" : "main"} />),
    },
  ];
}

interface DrilledProps {
  of: Money | undefined;
  search: ItemsSearch;
  /** At the foot, where no arrow leads: a stop of the Tab key. */
  isSum?: boolean;
}

function Drilled({ of, search, isSum }: DrilledProps) {
  if (!of || isZero(of)) return <span className="t3">–</span>;
  const amount = <Amount of={of} look={isSum ? "strong" : "plain"} />;
  return (
    <CellLink path={itemsPath(search)} className={s.cell} isStop={isSum}>
      {amount}
    </CellLink>
  );
}

/** Credit stands with a minus, so that the row can be added from left to right. */
function Credit({ of, search, isSum }: DrilledProps) {
  if (!of || isZero(of)) return <span className="t3">–</span>;
  const amount = <Amount of={opposite(of)} look="credit" />;
  return (
    <CellLink path={itemsPath(search)} className={s.cell} isStop={isSum}>
      {amount}
    </CellLink>
  );
}
