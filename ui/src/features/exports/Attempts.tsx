import { Check, ChevronRight, CircleHelp, Clock3, Search, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AttemptView } from "~/ipc/gen/AttemptView";
import { Icon, type LucideIcon, Moment } from "~/ui/primitives";
import s from "./Exports.module.css";

const SIGNS: Record<string, [LucideIcon, string]> = {
  exported: [Check, "fg-success"],
  found: [Check, "fg-success"],
  refused: [TriangleAlert, "fg-danger"],
  not_sent: [Clock3, "t3"],
  waited: [Clock3, "t3"],
  unknown: [CircleHelp, "fg-warning"],
  absent: [Search, "t3"],
};

/** What was tried, newest first; each answer folded under its line. */
export function Attempts({ attempts }: { attempts: readonly AttemptView[] }) {
  const { t } = useTranslation("exports");
  if (attempts.length === 0) return <p className="t2">{t("attempts_none")}</p>;
  const newest = [...attempts].sort((a, b) => b.started_at.localeCompare(a.started_at));
  return (
    <ol className={s.attempts}>
      {newest.map((attempt) => (
        <Attempt
          key={`${attempt.started_at} ${attempt.call} ${attempt.outcome}`}
          attempt={attempt}
        />
      ))}
    </ol>
  );
}

function Attempt({ attempt }: { attempt: AttemptView }) {
  const { t } = useTranslation("exports");
  const [icon, tone] = SIGNS[attempt.outcome] ?? [CircleHelp, "t3"];
  return (
    <li className={s.attempt}>
      <Icon of={icon} size={14} className={tone} />
      <div className="grow">
        <div className={s.attemptHead}>
          <span className="medium">
            {t(`outcome_${attempt.outcome}` as "outcome_found", { defaultValue: attempt.outcome })}
          </span>
          <span className={s.attemptTime}>
            <Moment of={attempt.started_at} />
          </span>
        </div>
        <div className={s.attemptFacts}>
          <span>{t(`call_${attempt.call}` as "call_push", { defaultValue: attempt.call })}</span>
          <span>{attempt.status ? t("status", { code: attempt.status }) : t("no_answer")}</span>
          {attempt.request_id && <span>{t("request", { id: attempt.request_id })}</span>}
        </div>
        {attempt.excerpt !== "" && (
          <details className={s.answer}>
            <summary>
              <Icon of={ChevronRight} size={12} />
              {t("answer")}
            </summary>
            <pre>{attempt.excerpt}</pre>
          </details>
        )}
      </div>
    </li>
  );
}
