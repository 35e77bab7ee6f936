import type { TFunction } from "i18next";
import type { AgeingDepartment } from "~/ipc/gen/AgeingDepartment";
import type { AgeingView } from "~/ipc/gen/AgeingView";
import type { GridColumn } from "~/ui/grid";
import { type Asked, amountColumns } from "./columns";

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
          <span className="clip">{r.name || t("no_department")}</span>
          <span className="t3 num small">{t("count", { count: r.students })}</span>
        </>
      ),
    },
    ...amountColumns<AgeingDepartment>(t, asked, view, (r) =>
      r.department_id === null ? null : { department: r.department_id },
    ),
  ];
}
