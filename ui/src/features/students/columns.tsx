import type { TFunction } from "i18next";
import { DoorOpen } from "lucide-react";
import type { ReactNode } from "react";
import { isNegative } from "~/domain/money";
import type { GateLamp } from "~/domain/status";
import type { StudentRow } from "~/ipc/gen/StudentRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day, Icon, Lamp } from "~/ui/primitives";
import s from "./Students.module.css";

/** Columns of the list of students; `balance` is the sum of all that match. */
export function studentColumns(
  t: TFunction<"students">,
  balance: ReactNode,
): GridColumn<StudentRow>[] {
  return [
    {
      id: "number",
      header: t("number"),
      width: 80,
      isPinned: true,
      isSortable: true,
      cell: (r) => <span className="num t2">{r.number}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 136,
      grow: true,
      isSortable: true,
      cell: (r) => (
        <span className="clip" title={r.name}>
          {r.name}
        </span>
      ),
    },
    {
      id: "phone",
      header: t("phone"),
      width: 116,
      givesWay: 1,
      cell: (r) => <span className="num t2 clip">{r.phone || <span className="t3">–</span>}</span>,
    },
    {
      id: "department",
      header: t("department"),
      width: 104,
      givesWay: 2,
      cell: (r) => <span className="t2 clip">{r.department || <span className="t3">–</span>}</span>,
    },
    {
      id: "light",
      header: t("gate_head"),
      width: 104,
      cell: (r) => (
        <span className="row">
          <Lamp state={r.light as GateLamp} />
          {r.let_through && (
            <span className={s.letThrough} title={t("let_through_short")}>
              <Icon of={DoorOpen} size={14} />
              <span className="sr">{t("let_through_short")}</span>
            </span>
          )}
        </span>
      ),
    },
    {
      id: "oldest_due",
      header: t("oldest_due"),
      width: 116,
      isSortable: true,
      cell: (r) => (
        <span className="t2">
          <Day of={r.oldest_due} />
        </span>
      ),
    },
    {
      id: "overdue",
      header: t("overdue"),
      width: 112,
      align: "end",
      cell: (r) => <Amount of={r.overdue} look="late" />,
    },
    {
      id: "balance",
      header: t("balance"),
      width: 116,
      align: "end",
      isSortable: true,
      sum: balance,
      cell: (r) => <Amount of={r.balance} look={isNegative(r.balance) ? "credit" : "main"} />,
    },
  ];
}
