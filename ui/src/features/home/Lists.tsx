import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { daysBetween } from "~/domain/dates";
import { placeOf } from "~/domain/places";
import { Amount, Day, DueHint, SkeletonLines, Table } from "~/ui/primitives";
import { useLastReceived, useLongestOwing } from "./api";
import s from "./Home.module.css";

/** The students whose debt is oldest. */
export function LongestOwing({ today }: { today: string }) {
  const { t } = useTranslation("home");
  const rows = useLongestOwing().data?.rows;
  return (
    <section className={s.panel} aria-labelledby="owing">
      <header className={s.panelHead}>
        <h2 id="owing">{t("longest")}</h2>
        <Link to="/students" search={{ owing: true, sort: "oldest_due" }} className={s.more}>
          {t("longest_open")}
        </Link>
      </header>
      {!rows ? (
        <div className={s.waiting}>
          <SkeletonLines count={5} />
        </div>
      ) : rows.length === 0 ? (
        <p className={s.nothing}>{t("longest_none")}</p>
      ) : (
        <Table
          label={t("longest")}
          look="page"
          rows={rows}
          rowId={(row) => row.id}
          columns={[
            {
              id: "name",
              header: t("student"),
              cell: (row) => (
                <Link to={placeOf("student", row.id)} className={s.name}>
                  {row.name}
                </Link>
              ),
            },
            {
              id: "due",
              header: t("oldest_due"),
              width: "208px",
              cell: (row) => (
                <span className={s.due}>
                  <span className="t2">
                    <Day of={row.oldest_due} />
                  </span>
                  <DueHint
                    overdueDays={row.oldest_due ? daysBetween(row.oldest_due, today) : null}
                  />
                </span>
              ),
            },
            {
              id: "balance",
              header: t("balance"),
              align: "end",
              width: "128px",
              cell: (row) => <Amount of={row.balance} look="main" />,
            },
          ]}
        />
      )}
    </section>
  );
}

/** The newest money. */
export function LastReceived() {
  const { t } = useTranslation("home");
  const rows = useLastReceived().data?.rows;
  return (
    <section className={s.panel} aria-labelledby="received">
      <header className={s.panelHead}>
        <h2 id="received">{t("last_received")}</h2>
        <Link to="/payments" className={s.more}>
          {t("last_received_open")}
        </Link>
      </header>
      {!rows ? (
        <div className={s.waiting}>
          <SkeletonLines count={5} />
        </div>
      ) : rows.length === 0 ? (
        <p className={s.nothing}>{t("last_received_none")}</p>
      ) : (
        <Table
          label={t("last_received")}
          look="page"
          rows={rows}
          rowId={(row) => row.id}
          columns={[
            {
              id: "name",
              header: t("student"),
              cell: (row) => (
                <Link to={placeOf("payment", row.id)} className={s.name}>
                  {row.student}
                </Link>
              ),
            },
            {
              id: "on",
              header: t("received_on"),
              width: "208px",
              cell: (row) => (
                <span className={s.due}>
                  <span className="t2">
                    <Day of={row.received_on} />
                  </span>
                  <span className="t3 small clip">{row.method_name}</span>
                </span>
              ),
            },
            {
              id: "amount",
              header: t("amount"),
              align: "end",
              width: "128px",
              cell: (row) => <Amount of={row.amount} look="main" />,
            },
          ]}
        />
      )}
    </section>
  );
}
