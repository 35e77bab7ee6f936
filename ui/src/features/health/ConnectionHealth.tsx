import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { daysBetween } from "~/domain/dates";
import type { ConnectionHealth as Health } from "~/ipc/gen/ConnectionHealth";
import { StatePill } from "~/ui/connection/StatePill";
import { Day, Moment } from "~/ui/primitives";
import { Days } from "./Days";
import s from "./Health.module.css";
import { percent, took } from "./words";

/** A sign-in that ends within so many days is told of. */
const SOON_DAYS = 7;

/** How one connection does. A count leads to what it counts. */
export function ConnectionHealth({ health, today }: { health: Health; today: string }) {
  const { connection: c } = health;
  const id = `health-${c.id}`;
  return (
    <section className={s.connection} aria-labelledby={id}>
      <header className={s.head}>
        <h2 id={id} className={s.name}>
          <Link to="/connections" search={{ open: c.id }}>
            {c.system_name}
          </Link>
        </h2>
        <span className={`clip t3 ${s.company}`} title={c.company}>
          {c.company}
        </span>
        <StatePill state={c.state} />
      </header>
      <div className={s.body}>
        <dl className={s.figures}>
          <Flow health={health} />
          <Quality health={health} />
          <Standing health={health} today={today} />
        </dl>
        <Days days={health.days} system={c.system_name} />
      </div>
    </section>
  );
}

interface FigureProps {
  label: string;
  under?: ReactNode;
  tone?: "danger" | "warning";
  children: ReactNode;
}

function Figure({ label, under, tone, children }: FigureProps) {
  return (
    <div className={s.figure}>
      <dt>{label}</dt>
      <dd data-tone={tone}>{children}</dd>
      {under && <dd className={s.under}>{under}</dd>}
    </div>
  );
}

/** What waits, what is in doubt, what needs a person. */
function Flow({ health }: { health: Health }) {
  const { t } = useTranslation("health");
  const { connection: c, backlog_s: backlog } = health;
  const since = (at: string | null) =>
    at && (
      <>
        {t("since")} <Moment of={at} />
      </>
    );
  return (
    <>
      <Figure label={t("waiting")} under={since(health.oldest_waiting)}>
        <Link to="/exports" search={{ connection: c.id, view: "waiting" }} className="num">
          {c.waiting}
        </Link>
      </Figure>
      {backlog !== null && backlog > 0 && (
        <Figure label={t("backlog")} under={t("backlog_calls", { count: health.backlog_calls })}>
          <span className="num">{t("backlog_about", { time: took(t, backlog) })}</span>
        </Figure>
      )}
      <Figure
        label={t("checking")}
        under={since(health.oldest_checking)}
        tone={c.checking > 0 ? "warning" : undefined}
      >
        <Link to="/exports" search={{ connection: c.id, view: "checking" }} className="num">
          {c.checking}
        </Link>
      </Figure>
      <Figure label={t("attention")} tone={c.attention > 0 ? "danger" : undefined}>
        <Link to="/review" className="num">
          {c.attention}
        </Link>
      </Figure>
      <Figure label={t("sent")}>
        <Link to="/exports" search={{ connection: c.id, view: "sent" }} className="num">
          {c.sent}
        </Link>
      </Figure>
    </>
  );
}

/** How well and how fast it goes. */
function Quality({ health }: { health: Health }) {
  const { t } = useTranslation("health");
  const { success_permille: rate, took_p50_s: half, took_p95_s: most, took_of: of } = health;
  return (
    <>
      <Figure
        label={t("success")}
        under={rate !== null && t("success_of", { count: health.arrived + health.refused })}
      >
        <span className="num">{rate === null ? "–" : percent(rate)}</span>
      </Figure>
      <Figure label={t("took")} under={half !== null && t("took_of", { count: of })}>
        {half === null || most === null ? (
          <span className="num">–</span>
        ) : (
          <span className="num">
            {t("took_both", { half: took(t, half), most: took(t, most) })}
          </span>
        )}
      </Figure>
      <Figure label={t("duplicates")}>
        <span className="num">{health.duplicates_prevented}</span>
      </Figure>
      {health.applied_there > 0 && (
        <Figure label={t("applied_there")} under={t("applied_hint")} tone="warning">
          <span className="num">{health.applied_there}</span>
        </Figure>
      )}
    </>
  );
}

/** What holds it, what is left of the day, and how long nobody has to sign in. */
function Standing({ health, today }: { health: Health; today: string }) {
  const { t } = useTranslation("health");
  const { connection: c, sign_in_until: until } = health;
  const held = c.resting_until ?? health.held_until;
  const end = until?.slice(0, 10);
  const isSoon = end !== undefined && daysBetween(today, end) < SOON_DAYS;
  return (
    <>
      <Figure label={t("last_success")}>
        {c.last_success ? <Moment of={c.last_success} /> : t("never")}
      </Figure>
      <Figure label={t("next_run")} under={held && t(c.resting_until ? "resting" : "held")}>
        {(held ?? c.next_run) ? <Moment of={held ?? c.next_run} /> : t("when_needed")}
      </Figure>
      {c.calls_per_day > 0 && (
        <Figure label={t("calls_left")} under={t("of_calls", { total: c.calls_per_day })}>
          <span className="num">{c.calls_left ?? "–"}</span>
        </Figure>
      )}
      {c.needs === "sign_in" && (
        <Figure
          label={t("sign_in_until")}
          under={end && t("sign_in_hint")}
          tone={isSoon ? "warning" : undefined}
        >
          {end ? <Day of={end} /> : t("sign_in_needed")}
        </Figure>
      )}
      {health.unanswered > 0 && (
        <Figure label={t("unanswered")} tone="warning">
          <span className="num">{health.unanswered}</span>
        </Figure>
      )}
    </>
  );
}
