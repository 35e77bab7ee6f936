import type { TFunction } from "i18next";
import type { AuditRow } from "~/ipc/gen/AuditRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Moment } from "~/ui/primitives";
import { aboutWord, kindWord } from "./words";

/** Who did what to which thing, and when. */
export function auditColumns(t: TFunction<"audit">): GridColumn<AuditRow>[] {
  return [
    {
      id: "at",
      header: t("at"),
      width: 128,
      cell: (r) => (
        <span className="t2">
          <Moment of={r.at} />
        </span>
      ),
    },
    {
      id: "name",
      header: t("who"),
      width: 136,
      cell: (r) => (
        <span className="clip" title={r.name}>
          {nameOf(r, t)}
        </span>
      ),
    },
    {
      id: "kind",
      header: t("what"),
      width: 184,
      grow: true,
      cell: (r) => <span className="clip">{kindWord(r.kind)}</span>,
    },
    {
      id: "about",
      header: t("about"),
      width: 184,
      cell: (r) => (
        <span className="clip" title={r.label}>
          {r.label || <span className="t3">{aboutWord(r.about.kind)}</span>}
        </span>
      ),
    },
    {
      id: "reason",
      header: t("reason"),
      width: 128,
      givesWay: 1,
      cell: (r) => (
        <span className="t2 clip" title={r.reason}>
          {r.reason || <span className="t3">–</span>}
        </span>
      ),
    },
    {
      id: "amount",
      header: t("amount"),
      width: 104,
      align: "end",
      cell: (r) => (r.amount ? <Amount of={r.amount} look="main" /> : null),
    },
    {
      id: "desk",
      header: t("desk"),
      width: 64,
      givesWay: 2,
      cell: (r) => <span className="t3">{r.desk}</span>,
    },
  ];
}

/** A desk without users knows one owner, who has no name of their own. */
export const nameOf = (row: Pick<AuditRow, "actor" | "name">, t: TFunction<"audit">) =>
  row.actor === "owner" ? t("owner") : row.name;
