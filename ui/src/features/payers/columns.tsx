import type { TFunction } from "i18next";
import type { PayerRow } from "~/ipc/gen/PayerRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Pill } from "~/ui/primitives";

/** Columns of the list of payers. */
export function payerColumns(t: TFunction<"payers">): GridColumn<PayerRow>[] {
  return [
    {
      id: "number",
      header: t("number"),
      width: 80,
      isPinned: true,
      cell: (r) => <span className="num t2">{r.number}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 160,
      grow: true,
      cell: (r) => (
        <>
          <span className="clip" title={r.name}>
            {r.name}
          </span>
          {!r.active && (
            <Pill tone="neutral" shape="draft" isQuiet>
              {t("inactive")}
            </Pill>
          )}
        </>
      ),
    },
    {
      id: "kind",
      header: t("kind"),
      width: 112,
      cell: (r) => <span className="t2">{t(`kind_${r.kind as "guardian"}`)}</span>,
    },
    {
      id: "org_number",
      header: t("org_number"),
      width: 128,
      givesWay: 1,
      cell: (r) => (
        <span className="num t2 clip">{r.org_number || <span className="t3">–</span>}</span>
      ),
    },
    {
      id: "students",
      header: t("students"),
      width: 80,
      align: "end",
      cell: (r) => <span className="num t2">{r.students}</span>,
    },
    {
      id: "overdue",
      header: t("overdue"),
      width: 112,
      align: "end",
      cell: (r) => <Amount of={r.overdue} look="late" />,
    },
    {
      id: "open",
      header: t("open"),
      width: 116,
      align: "end",
      cell: (r) => <Amount of={r.open} look="main" />,
    },
  ];
}
