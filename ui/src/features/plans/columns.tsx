import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { PlanView } from "~/ipc/gen/PlanView";
import type { GridColumn } from "~/ui/grid";
import { PlanPill } from "~/ui/plan/PlanPill";
import { Amount, Day } from "~/ui/primitives";

const Dash = () => <span className="t3">–</span>;

/** Whose plan it is, how it is kept, and what comes next. */
export function planColumns(t: TFunction<"plans">): GridColumn<PlanView>[] {
  return [
    {
      id: "student",
      header: t("student"),
      width: 168,
      grow: true,
      isPinned: true,
      cell: (r) => (
        <Link to={placeOf("plan", r.id)} className="clip" tabIndex={-1} title={r.student}>
          {r.student}
        </Link>
      ),
    },
    { id: "state", header: t("state"), width: 132, cell: (r) => <PlanPill state={r.state} /> },
    {
      id: "instalments",
      header: t("instalments"),
      width: 104,
      givesWay: 2,
      cell: (r) => (
        <span className="t2 num">
          {r.open ? t("paid_of", { done: r.paid_count, count: r.instalments.length }) : <Dash />}
        </span>
      ),
    },
    {
      id: "next_due",
      header: t("next_due"),
      width: 112,
      cell: (r) => (r.next_due ? <Day of={r.next_due} /> : <Dash />),
    },
    {
      id: "missed",
      header: t("missed"),
      width: 112,
      align: "end",
      cell: (r) =>
        r.missed && !isZero(r.missed) ? (
          <span className="fg-danger">
            <Amount of={r.missed} />
          </span>
        ) : (
          <Dash />
        ),
    },
    {
      id: "open",
      header: t("open"),
      width: 112,
      align: "end",
      cell: (r) => (r.open ? <Amount of={r.open} look="main" /> : <Dash />),
    },
    {
      id: "total",
      header: t("total"),
      width: 112,
      align: "end",
      givesWay: 1,
      cell: (r) => <Amount of={r.total} />,
    },
    {
      id: "agreed_on",
      header: t("agreed_on"),
      width: 108,
      givesWay: 3,
      cell: (r) => (
        <span className="t2">
          <Day of={r.agreed_on} />
        </span>
      ),
    },
  ];
}
