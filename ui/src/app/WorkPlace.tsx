import { Link } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { useProgress } from "~/ipc/hooks";
import type { BackendEvents } from "~/ipc/transport";
import { toast } from "~/ui/primitives";
import s from "./WorkPlace.module.css";
import { afterTold, PLACES, useWork } from "./work";

/** Shorter work is over before anybody could go elsewhere. */
const LONG_MS = 1_000;
/** Work that nothing was heard of for so long is shown no more: the backend may have been ended. */
const SILENT_MS = 30_000;

/** Shows long work while it lasts, leads back to it, and says when it is done. */
export function WorkPlace() {
  const { t } = useTranslation();
  const all = useWork((work) => work.all);
  const silence = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const receive = useCallback(
    (told: BackendEvents["progress"]) => {
      const before = useWork.getState().all;
      const now_ms = Date.now();
      useWork.setState({ all: afterTold(before, told, now_ms) });
      clearTimeout(silence.current);
      silence.current = setTimeout(() => useWork.setState({ all: [] }), SILENT_MS);
      const ended = told.state === "running" ? undefined : before.find((w) => w.job === told.job);
      if (ended === undefined || now_ms - ended.since_ms < LONG_MS) return;
      const path = PLACES[ended.job];
      // Whoever watched it sees for themselves.
      if (location.hash.startsWith(`#${path}`)) return;
      const isDone = told.state === "finished";
      toast({
        tone: isDone ? "success" : "warning",
        text: t(isDone ? "work_done" : "work_stopped", {
          work: t(`work_${ended.job}`),
          done: told.done,
          total: told.total,
        }),
        action: { label: t("work_show"), onPress: () => goTo(path) },
      });
    },
    [t],
  );
  useProgress(receive);
  useEffect(() => () => clearTimeout(silence.current), []);
  const shown = useLong(all.length > 0);
  return (
    <div role="status" className={s.place}>
      {shown &&
        all.map(({ job, done, total }) => (
          <Link key={job} to={PLACES[job].split("?")[0]} className={s.work}>
            <span className={s.words}>{t(`work_${job}`)}</span>
            <span className={s.bar} aria-hidden>
              <i style={{ width: `${total > 0 ? (done / total) * 100 : 0}%` }} />
            </span>
            <span className="num" aria-hidden>
              {t("work_count", { done, total })}
            </span>
          </Link>
        ))}
    </div>
  );
}

/** Whether it has lasted long enough to be worth showing. */
function useLong(isUnderWay: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isUnderWay) return setLong(false);
    const wait = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(wait);
  }, [isUnderWay]);
  return isLong && isUnderWay;
}
