import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { lessonsText } from "~/domain/lessons";
import { formatAmount, isZero } from "~/domain/money";
import type { PackageRow } from "~/ipc/gen/PackageRow";
import type { GridColumn } from "~/ui/grid";
import { PackagePill } from "~/ui/packages/PackagePill";
import { Amount, Day } from "~/ui/primitives";

const Dash = () => <span className="t3">–</span>;

/** Lessons or money left of what was bought. */
export function leftText(t: TFunction<"packages">, row: PackageRow): string {
  if (row.amount_left && row.amount_total)
    return t("left_of", {
      left: formatAmount(row.amount_left),
      total: formatAmount(row.amount_total),
    });
  return t("left_of", {
    left: lessonsText(row.lessons_left),
    total: lessonsText(row.lessons_total),
  });
}

/** Whose package it is and until when; `sum` is what the rests of all that match are worth. */
export function packageColumns(t: TFunction<"packages">, sum: ReactNode): GridColumn<PackageRow>[] {
  return [...boughtColumns(t), ...restColumns(t, sum)];
}

function boughtColumns(t: TFunction<"packages">): GridColumn<PackageRow>[] {
  return [
    {
      id: "student",
      header: t("student"),
      width: 160,
      grow: true,
      isPinned: true,
      isSortable: true,
      cell: (r) => (
        <span className="clip" title={`${r.student} ${r.student_number}`}>
          {r.student}
        </span>
      ),
    },
    {
      id: "name",
      header: t("package"),
      width: 160,
      grow: true,
      isSortable: true,
      cell: (r) => (
        <span className="t2 clip" title={r.name}>
          {r.name}
        </span>
      ),
    },
    {
      id: "department",
      header: t("department"),
      width: 104,
      givesWay: 3,
      cell: (r) => <span className="t2 clip">{r.department || <Dash />}</span>,
    },
    {
      id: "opened_on",
      header: t("bought"),
      width: 108,
      givesWay: 2,
      isSortable: true,
      cell: (r) => (
        <span className="t2">
          <Day of={r.opened_on} />
        </span>
      ),
    },
  ];
}

function restColumns(t: TFunction<"packages">, sum: ReactNode): GridColumn<PackageRow>[] {
  return [
    {
      id: "valid_until",
      header: t("expires"),
      width: 112,
      isSortable: true,
      cell: (r) =>
        r.valid_until ? <Day of={r.valid_until} /> : <span className="t2">{t("never")}</span>,
    },
    {
      id: "state",
      header: t("state"),
      width: 128,
      givesWay: 1,
      cell: (r) => <PackagePill state={r.state} />,
    },
    {
      id: "left",
      header: t("left"),
      width: 136,
      align: "end",
      isSortable: true,
      cell: (r) => <span className="num">{leftText(t, r)}</span>,
    },
    {
      id: "worth",
      header: t("worth_of_rest"),
      width: 136,
      align: "end",
      isSortable: true,
      sum,
      cell: (r) => {
        if (isZero(r.worth)) return <Dash />;
        if (r.state !== "expired") return <Amount of={r.worth} look="main" />;
        return (
          <span className="t3" title={t("lapsed")}>
            <Amount of={r.worth} />
          </span>
        );
      },
    },
  ];
}
