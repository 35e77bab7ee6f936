import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { daysBetween } from "~/domain/dates";
import type { Money } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { AgeingItem } from "~/ipc/gen/AgeingItem";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day } from "~/ui/primitives";
import s from "./Ageing.module.css";
import type { AgeBy } from "./question";

interface Shown {
  asOf: string;
  by: AgeBy;
  isCredit: boolean;
  left: Money | undefined;
}

/** What an item is, whose, how old on the day, and what was left of it then. */
export function itemColumns(t: TFunction<"ageing">, shown: Shown): GridColumn<AgeingItem>[] {
  const { asOf, by, isCredit, left } = shown;
  return [
    {
      id: "label",
      header: t("item"),
      width: 168,
      isPinned: true,
      cell: (r) => (
        <Link to={placeOf(r.kind, r.id)} className={`clip ${s.name}`} tabIndex={-1}>
          {t(`item_${r.kind as "invoice"}`, { label: r.label })}
        </Link>
      ),
    },
    {
      id: "student",
      header: t("student"),
      width: 168,
      grow: true,
      leadsOn: true,
      cell: (r) => (
        <Link to={placeOf("student", r.student_id)} className={`clip ${s.name}`} tabIndex={-1}>
          {r.student}
        </Link>
      ),
    },
    {
      id: "date",
      header: t("date"),
      width: 96,
      givesWay: 1,
      cell: (r) => (
        <span className="t2">
          <Day of={r.date} />
        </span>
      ),
    },
    ...(isCredit ? [] : ageColumns(t, asOf, by)),
    {
      id: "amount",
      header: t("amount"),
      width: 120,
      givesWay: 2,
      align: "end",
      cell: (r) => (
        <span className="t2">
          <Amount of={r.amount} />
        </span>
      ),
    },
    {
      id: "left",
      header: t(isCredit ? "unused" : "open"),
      width: 128,
      align: "end",
      sum: left && <Amount of={left} />,
      cell: (r) => <Amount of={r.left} look={isCredit ? "credit" : "main"} />,
    },
  ];
}

function ageColumns(t: TFunction<"ageing">, asOf: string, by: AgeBy): GridColumn<AgeingItem>[] {
  return [
    {
      id: "due",
      header: t("due"),
      width: 96,
      cell: (r) => (
        <span className="t2">
          <Day of={r.due_date} />
        </span>
      ),
    },
    {
      id: "age",
      header: t("age"),
      width: 80,
      align: "end",
      cell: (r) => {
        const days = daysBetween((by === "due" ? r.due_date : r.date) ?? r.date, asOf);
        return days > 0 ? <span className="num">{days}</span> : <span className="t3">–</span>;
      },
    },
  ];
}
