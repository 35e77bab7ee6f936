import { Link } from "@tanstack/react-router";
import { ArrowRight, Check, CircleHelp, Clock3, TriangleAlert, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExportStatus } from "~/ipc/gen/ExportStatus";
import type { RunView } from "~/ipc/gen/RunView";
import { cx, Icon, type LucideIcon, Moment, Skeleton } from "~/ui/primitives";
import s from "./Exports.module.css";

/** What the engine does now or did last, in one band. */
export function RunBand({ status }: { status: ExportStatus | undefined }) {
  const { t } = useTranslation("exports");
  if (status === undefined)
    return (
      <div className={s.run}>
        <Skeleton width={280} />
      </div>
    );
  const { run } = status;
  const isRunning = status.running && run !== null && run.ended_at === null;
  // A run that found everything waiting for something else has nothing to show.
  const hasMoved = run !== null && (isRunning || run.done > 0);
  const isEmpty = run === null && status.sent === 0;
  return (
    <section className={s.run} aria-label={isRunning ? t("run_now") : t("run_done")}>
      <div className={s.runHead}>
        <Icon of={Upload} className={isRunning ? "fg-info" : "t3"} />
        <b>{isRunning ? t("run_now") : isEmpty ? t("run_none") : t("run_done")}</b>
        {isEmpty && <span className="t2">{t("run_none_body")}</span>}
        {run && !isRunning && (
          <span className="t2">
            <Moment of={run.ended_at ?? run.started_at} />
          </span>
        )}
        {hasMoved && (
          <span className={s.runCount}>{t("run_of", { done: run.done, total: run.total })}</span>
        )}
      </div>
      {hasMoved && <RunBar run={run} sending={isRunning ? status.sending : 0} />}
      {!isEmpty && <Counts status={status} isRunning={isRunning} />}
      <Told run={run} isRunning={isRunning} />
    </section>
  );
}

const share = (part: number, whole: number) => (whole > 0 ? (part / whole) * 100 : 0);

/** How far the run is: its parts for the eye, its count for whoever does not see them. */
function RunBar({ run, sending }: { run: RunView; sending: number }) {
  const { t } = useTranslation("exports");
  const { done, total } = run;
  return (
    <div
      className={s.runBar}
      role="progressbar"
      aria-label={t("progress")}
      aria-valuemin={0}
      aria-valuemax={Math.max(total, 1)}
      aria-valuenow={done}
      aria-valuetext={t("run_of", { done, total })}
    >
      <i style={{ width: `${share(run.sent, total)}%` }} data-part="sent" />
      {sending > 0 && <i style={{ width: `${share(sending, total)}%` }} data-part="now" />}
      <i style={{ width: `${share(run.attention, total)}%` }} data-part="attention" />
    </div>
  );
}

/** A run tells of itself several times a second: nobody would listen to every number. */
const STEP_PERCENT = 25;

/** Said to whoever does not see the band: that it began, each quarter, and how it ended. */
function Told({ run, isRunning }: { run: RunView | null; isRunning: boolean }) {
  const { t } = useTranslation("exports");
  // What ended before the page was opened is no news.
  const [isFollowed, follow] = useState(isRunning);
  if (isRunning && !isFollowed) follow(true);
  const told = () => {
    if (run === null || !isFollowed) return "";
    const { done, total, attention } = run;
    const percent = Math.floor(share(done, total) / STEP_PERCENT) * STEP_PERCENT;
    if (isRunning) return t("told_now", { percent });
    if (attention > 0) return t("told_attention", { done, total, count: attention });
    return t("told_done", { done, total });
  };
  return (
    <span className="sr" role="status">
      {told()}
    </span>
  );
}

function Counts({ status, isRunning }: { status: ExportStatus; isRunning: boolean }) {
  const { t } = useTranslation("exports");
  const { run } = status;
  const parts: [LucideIcon, string, number, string][] = [
    [Check, "fg-success", status.sent, t("n_sent")],
    [ArrowRight, "fg-info", status.sending, t("n_sending")],
    [Clock3, "fg-warning", status.waiting, t("n_waiting")],
    [CircleHelp, "fg-warning", status.checking, t("n_checking")],
    [TriangleAlert, "fg-danger", status.attention, t("n_attention")],
  ];
  return (
    <div className={s.runCounts}>
      {parts.map(([icon, tone, count, word]) => (
        <span key={word} className={count === 0 ? "t3" : undefined}>
          <Icon of={icon} size={14} className={cx(count > 0 && tone)} />
          <b>{count}</b> {word}
        </span>
      ))}
      <span className={s.runEnd}>
        {run && run.duplicates_prevented > 0 && (
          <span className="t3">{t("prevented", { count: run.duplicates_prevented })}</span>
        )}
        {run && run.attached > 0 && (
          <span className="t3">{t("attached", { count: run.attached })}</span>
        )}
        {run && <span className="t3">{t("calls", { count: run.calls })}</span>}
        {isRunning && <span className="t3">{t("leave")}</span>}
        {!isRunning && status.attention > 0 && <Link to="/review">{t("review")}</Link>}
      </span>
    </div>
  );
}
