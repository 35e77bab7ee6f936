import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { RecentRow } from "~/ipc/gen/RecentRow";
import { Amount, Moment } from "~/ui/primitives";
import { useRecent } from "./api";
import s from "./Home.module.css";
import { Panel } from "./Panel";

type Kind = "invoice" | "credit_note" | "payment" | "refund";

/** What was done last with money, by whom; each leads to its page. */
export function Recent() {
  const { t } = useTranslation("home");
  const rows = useRecent().data?.rows;
  return (
    <Panel id="recent" title={t("recent")} isWaiting={rows === undefined}>
      {rows?.length === 0 && <p className={s.nothing}>{t("recent_none")}</p>}
      {rows && rows.length > 0 && (
        <ul className={s.recent}>
          {rows.map((row) => (
            <Entry key={`${row.kind} ${row.id}`} row={row} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Entry({ row }: { row: RecentRow }) {
  const { t } = useTranslation("home");
  const { kind, id, at, actor, label, student, amount } = row;
  const who = actor === "owner" ? t("recent_owner") : actor;
  return (
    <li>
      <span className="t3 small">
        <Moment of={at} />
      </span>
      <span className={s.recentWhat}>
        <Link to={placeOf(kind, id)}>{t(`recent_${kind as Kind}`, { label })}</Link>{" "}
        <span>{student}</span> <span className="t3 small">{t("recent_by", { name: who })}</span>
      </span>
      <Amount of={amount} look="main" />
    </li>
  );
}
