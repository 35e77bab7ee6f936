import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { opposite } from "~/domain/amounts";
import { isZero, type Money } from "~/domain/money";
import type { StatementView } from "~/ipc/gen/StatementView";
import { Amount, Day } from "~/ui/primitives";
import s from "./Statement.module.css";

/** How old what is open is. Each amount opens to the rows that make it. */
export function Ages({ view }: { view: StatementView }) {
  const { t } = useTranslation(["students", "ageing"]);
  const { buckets, columns, credit, balance } = view.ageing;
  const named = (column: number) => {
    if (column === 0) return t("ageing:not_due");
    const first = (buckets[column - 2] ?? 0) + 1;
    const last = buckets[column - 1];
    return last === undefined ? t("ageing:over", { days: first - 1 }) : `${first}–${last}`;
  };
  const whose = view.payer_id
    ? { payer: view.payer_id }
    : { student: view.student_id ?? undefined };
  const search = { as_of: view.to, ...whose };
  return (
    <section className={s.ages} aria-label={t("ages")}>
      <h2 className={s.agesHead}>
        {t("ages")} <Day of={view.to} />
      </h2>
      <dl className={s.agesList}>
        {columns.map((of, column) => (
          <div key={named(column)}>
            <dt>{named(column)}</dt>
            <dd>
              <Opened of={of} search={{ ...search, column }} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("ageing:credit")}</dt>
          <dd>
            <Opened of={credit} shown={opposite(credit)} search={{ ...search, credit: true }} />
          </dd>
        </div>
        <div>
          <dt>{t("balance")}</dt>
          <dd>
            <Amount of={balance} look="strong" />
          </dd>
        </div>
      </dl>
    </section>
  );
}

interface OpenedProps {
  of: Money;
  shown?: Money;
  search: Record<string, unknown>;
}

function Opened({ of, shown, search }: OpenedProps) {
  if (isZero(of)) return <span className="t3">–</span>;
  return (
    <Link to="/ageing/items" search={search}>
      <Amount of={shown ?? of} look={shown ? "credit" : "plain"} />
    </Link>
  );
}
