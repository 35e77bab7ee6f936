import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { daysBetween } from "~/domain/dates";
import type { Money } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { Amount, Day, DueHint, Table } from "~/ui/primitives";
import { useLongestOwing } from "./api";
import s from "./Home.module.css";
import { Panel } from "./Panel";

/** The students whose debt is oldest. */
export function LongestOwing({ today }: { today: string }) {
  const { t } = useTranslation("home");
  const rows = useLongestOwing().data?.rows;
  return (
    <People
      id="owing"
      title={t("longest")}
      more={
        <Link to="/students" search={{ owing: true, sort: "oldest_due" }}>
          {t("longest_open")}
        </Link>
      }
      none={t("longest_none")}
      heads={{ day: t("oldest_due"), amount: t("balance") }}
      rows={rows?.map(({ id, name, oldest_due, balance }) => ({
        place: placeOf("student", id),
        name,
        day: oldest_due,
        note: <DueHint overdueDays={oldest_due ? daysBetween(oldest_due, today) : null} />,
        amount: balance,
      }))}
    />
  );
}

interface PersonRow {
  place: string;
  name: string;
  day: string | null;
  note: ReactNode;
  amount: Money;
}

interface PeopleProps {
  id: string;
  title: string;
  more: ReactNode;
  none: string;
  heads: { day: string; amount: string };
  rows: readonly PersonRow[] | undefined;
}

/** A few people with a day and an amount each. */
function People({ id, title, more, none, heads, rows }: PeopleProps) {
  const { t } = useTranslation("home");
  return (
    <Panel id={id} title={title} more={more} isWaiting={rows === undefined}>
      {rows?.length === 0 && <p className={s.nothing}>{none}</p>}
      {rows && rows.length > 0 && (
        <Table
          label={title}
          look="page"
          rows={rows}
          rowId={(row) => row.place}
          columns={[
            {
              id: "name",
              header: t("student"),
              cell: (row) => (
                <Link to={row.place} className={s.name}>
                  {row.name}
                </Link>
              ),
            },
            {
              id: "day",
              header: heads.day,
              width: "208px",
              cell: (row) => (
                <span className={s.due}>
                  <span className="t2">
                    <Day of={row.day} />
                  </span>
                  {row.note}
                </span>
              ),
            },
            {
              id: "amount",
              header: heads.amount,
              align: "end",
              width: "128px",
              cell: (row) => <Amount of={row.amount} look="main" />,
            },
          ]}
        />
      )}
    </Panel>
  );
}
