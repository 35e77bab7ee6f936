import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { RecurringRow } from "~/ipc/gen/RecurringRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day } from "~/ui/primitives";
import { Rhythm, StudentNames } from "./words";

const Dash = () => <span className="t3">–</span>;

/** What comes again, for whom, when next, and what each comes to. */
export function recurringColumns(t: TFunction<"recurring">): GridColumn<RecurringRow>[] {
  return [
    {
      id: "name",
      header: t("name"),
      width: 176,
      grow: true,
      isPinned: true,
      cell: (r) => (
        <Link
          to="/invoices/recurring/$id"
          params={{ id: r.template.id }}
          className="clip"
          tabIndex={-1}
          title={r.template.name}
        >
          {r.template.name}
        </Link>
      ),
    },
    {
      id: "students",
      header: t("for_whom"),
      width: 176,
      grow: true,
      cell: (r) => <StudentNames row={r} />,
    },
    {
      id: "rhythm",
      header: t("how_often"),
      width: 212,
      givesWay: 2,
      cell: (r) => (
        <span className="t2 clip">
          <Rhythm of={r.template} />
        </span>
      ),
    },
    {
      id: "making",
      header: t("becomes"),
      width: 116,
      givesWay: 3,
      cell: (r) => <span className="t2">{t(r.template.issue ? "issued" : "draft")}</span>,
    },
    {
      id: "next",
      header: t("next"),
      width: 104,
      cell: (r) => (r.next ? <Day of={r.next} /> : <Dash />),
    },
    {
      id: "last",
      header: t("last"),
      width: 104,
      givesWay: 1,
      cell: (r) =>
        r.last ? (
          <span className="t2">
            <Day of={r.last} />
          </span>
        ) : (
          <Dash />
        ),
    },
    {
      id: "gross",
      header: t("each"),
      width: 112,
      align: "end",
      cell: (r) =>
        r.gross ? (
          <Amount of={r.gross} look="main" withCurrency={Boolean(r.template.currency)} />
        ) : (
          <span className="fg-danger">{t("unpriced")}</span>
        ),
    },
  ];
}
