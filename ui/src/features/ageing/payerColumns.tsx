import type { TFunction } from "i18next";
import { placeOf } from "~/domain/places";
import type { AgeingAsked } from "~/ipc/gen/AgeingAsked";
import type { AgeingByPayer } from "~/ipc/gen/AgeingByPayer";
import { CellLink, type GridColumn } from "~/ui/grid";
import s from "./Ageing.module.css";
import { type Asked, amountColumns } from "./columns";

/** The page of whoever is asked to pay. */
export const askedPlace = (row: AgeingAsked): string =>
  row.payer_id ? placeOf("payer", row.payer_id) : placeOf("student", row.student_id ?? "");

/** One row for each who is asked to pay: a payer, or the student. */
export function payerColumns(
  t: TFunction<"ageing">,
  asked: Asked,
  view: AgeingByPayer | undefined,
): GridColumn<AgeingAsked>[] {
  return [
    {
      id: "name",
      header: t("payer"),
      width: 168,
      grow: true,
      isPinned: true,
      isSortable: true,
      cell: (r) => (
        <>
          <CellLink path={askedPlace(r)} className={`clip ${s.name}`} title={r.name}>
            {r.name}
          </CellLink>
          <span className="t3 num small">
            {r.payer_id ? t("for_students", { count: r.students }) : r.number}
          </span>
        </>
      ),
    },
    ...amountColumns<AgeingAsked>(t, asked, view, {
      whose: (r) => ({
        department: asked.department,
        ...(r.payer_id
          ? { payer: r.payer_id }
          : { student: r.student_id ?? undefined, payer: "none" }),
      }),
      balance: (r, amount) =>
        r.payer_id ? (
          <CellLink
            path={`${placeOf("payer", r.payer_id)}/statement?to=${asked.as_of}&style=open`}
            className={s.cell}
          >
            {amount}
          </CellLink>
        ) : (
          amount
        ),
    }),
  ];
}
