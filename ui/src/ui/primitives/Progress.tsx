import type { ReactNode } from "react";
import { ProgressBar } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import s from "./Progress.module.css";

export interface ProgressProps {
  /** What is being done, in words. */
  label: string;
  done: number;
  total: number;
  /** Counts in words: "312 of 500". */
  countText?: string;
  /** Time left, and that the page can be left. */
  detail?: ReactNode;
  tone?: "normal" | "warning";
  onCancel?: () => void;
}

/** Work longer than a second, with an end. */
export function Progress(props: ProgressProps) {
  const { label, done, total, countText, detail, tone = "normal", onCancel } = props;
  const { t } = useTranslation();
  return (
    <div className={s.progress}>
      <ProgressBar
        className={s.progress}
        value={done}
        maxValue={Math.max(total, 1)}
        valueLabel={countText}
        aria-label={label}
      >
        {({ percentage }) => (
          <>
            <div className={s.line}>
              <span className="medium">{label}</span>
              {countText && <span className={s.count}>{countText}</span>}
            </div>
            <div className={s.track} data-tone={tone}>
              <div className={s.fill} style={{ width: `${percentage ?? 0}%` }} />
            </div>
          </>
        )}
      </ProgressBar>
      {(detail || onCancel) && (
        <div className={s.line}>
          <span className={s.detail}>{detail}</span>
          {onCancel && (
            <Button size="small" onPress={onCancel}>
              {t("cancel")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** A bar in the place of a text that is on its way, in the width the text will have. */
export function Skeleton({ width = "100%" }: { width?: number | string }) {
  return <span className={s.skeleton} style={{ width }} aria-hidden />;
}

/** Some lines of skeleton, for a panel whose content is on its way. */
export function SkeletonLines({ count = 3 }: { count?: number }) {
  const { t } = useTranslation();
  const widths = ["72%", "88%", "54%", "80%", "64%"];
  return (
    <div className={s.skeletonLines} role="status" aria-label={t("loading")}>
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <Skeleton key={at} width={widths[at % widths.length]} />
      ))}
    </div>
  );
}
