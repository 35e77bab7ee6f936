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
import { columnName } from "./labels";
import { type AgeBy, drill } from "./question";

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
  const ages = Array.from({ length: asked.ends.length + 2 }, (_, at) => at);
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
    ...ages.map(
      (at): GridColumn<AgeingStudent> => ({
        id: `age${at}`,
        header: columnName(t, asked.ends, at),
        width: 96,
        align: "end",
        isSortable: true,
        sum: view && <Drilled of={view.columns[at]} search={drill(asked, at)} isSum />,
        cell: (r) => <Drilled of={r.columns[at]} search={drill(asked, at, r.student_id)} />,
      }),
    ),
    {
      id: "credit",
      header: t("credit"),
      width: 96,
      align: "end",
      isSortable: true,
      sum: view && <Credit of={view.credit} />,
      cell: (r) => <Credit of={r.credit} />,
    },
    {
      id: "balance",
      header: t("balance"),
      width: 104,
      align: "end",
      isSortable: true,
      sum: view && <Amount of={view.balance} />,
      cell: (r) => <Amount of={r.balance} look={isNegative(r.balance) ? "credit" : "main"} />,
    },
  ];
}

interface DrilledProps {
  of: Money | undefined;
  search: Record<string, string>;
  isSum?: boolean;
}

function Drilled({ of, search, isSum }: DrilledProps) {
  if (!of || isZero(of)) return <span className="t3">–</span>;
  return (
    <Link to="/invoices" search={search} className={s.cell} tabIndex={-1}>
      <Amount of={of} look={isSum ? "strong" : "plain"} />
    </Link>
  );
}

/** Credit stands with a minus, so that the row can be added from left to right. */
function Credit({ of }: { of: Money }) {
  if (isZero(of)) return <span className="t3">–</span>;
  return <Amount of={opposite(of)} look="credit" />;
}
