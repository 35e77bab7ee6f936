import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { AgeingDepartment } from "~/ipc/gen/AgeingDepartment";
import type { AgeingView } from "~/ipc/gen/AgeingView";
import type { GridColumn } from "~/ui/grid";
import s from "./Ageing.module.css";
import { type Asked, amountColumns } from "./columns";
import { type AgeingSearch, bucketsText } from "./question";

/** The list of the department's students, whose balances add up to its own. */
export function studentsOf(asked: Asked, row: AgeingDepartment): AgeingSearch {
  return {
    as_of: asked.as_of,
    by: asked.by === "issue" ? "issue" : undefined,
    buckets: bucketsText(asked.ends),
    department: row.department_id ?? "none",
  };
}

/** One row for each department; its amounts open to their rows as those of a student do. */
export function departmentColumns(
  t: TFunction<"ageing">,
  asked: Asked,
  view: AgeingView | undefined,
): GridColumn<AgeingDepartment>[] {
  return [
    {
      id: "name",
      header: t("department"),
      width: 168,
      grow: true,
      isPinned: true,
      cell: (r) => (
        <>
          <Link
            to="/ageing"
            search={studentsOf(asked, r)}
            className={`clip ${s.name}`}
            tabIndex={-1}
          >
            {r.name || t("no_department")}
          </Link>
          <span className="t3 num small">{t("count", { count: r.students })}</span>
        </>
      ),
    },
    ...amountColumns<AgeingDepartment>(t, asked, view, {
      whose: (r) => ({ department: r.department_id ?? "none" }),
      balance: (r, amount) => (
        <Link to="/ageing" search={studentsOf(asked, r)} className={s.cell} tabIndex={-1}>
          {amount}
        </Link>
      ),
    }),
  ];
}
