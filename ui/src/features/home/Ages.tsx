import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { largest, opposite, shareOf } from "~/domain/amounts";
import { isZero } from "~/domain/money";
import type { AgeingView } from "~/ipc/gen/AgeingView";
import { Amount } from "~/ui/primitives";
import { useAges } from "./api";
import s from "./Home.module.css";
import { Panel } from "./Panel";

/** Debt by age. Bars with their figures beside them: the table is its own twin. */
export function Ages({ today }: { today: string }) {
  const { t } = useTranslation("home");
  const view = useAges(today).data;
  return (
    <Panel
      id="ages"
      title={t("ages")}
      sub={t("ages_by")}
      more={<Link to="/ageing">{t("ages_open")}</Link>}
      isWaiting={view === undefined}
    >
      {view && <AgesTable view={view} />}
    </Panel>
  );
}

function AgesTable({ view }: { view: AgeingView }) {
  const { t } = useTranslation("home");
  const most = largest(view.columns);
  const names = [
    t("not_due"),
    ...view.buckets.map((end, at) => t("days", { from: (view.buckets[at - 1] ?? 0) + 1, to: end })),
    t("over", { days: view.buckets.at(-1) ?? 0 }),
  ];
  return (
    <div className={s.ages}>
      <ul>
        {view.columns.map((of, at) => (
          <li key={names[at]} className={s.age}>
            <span>{names[at]}</span>
            <span className={s.track} aria-hidden>
              <span
                data-step={Math.min(at, 4)}
                style={{ width: `${most ? shareOf(of, most) * 100 : 0}%` }}
              />
            </span>
            <Amount of={of} look="main" />
          </li>
        ))}
      </ul>
      <dl className={s.agesSum}>
        {!isZero(view.credit) && (
          <div>
            <dt>{t("credit_unused")}</dt>
            <dd>
              <Amount of={opposite(view.credit)} look="credit" />
            </dd>
          </div>
        )}
        <div>
          <dt>
            <b>{t("owed")}</b>
          </dt>
          <dd>
            <Amount of={view.balance} look="strong" />
          </dd>
        </div>
      </dl>
    </div>
  );
}
