import { useTranslation } from "react-i18next";
import { formatAmount, isZero } from "~/domain/money";
import type { PlanView } from "~/ipc/gen/PlanView";
import { Day } from "~/ui/primitives";
import s from "./Plan.module.css";

/** How far a plan is paid, and what comes next. */
export function PlanProgress({ plan }: { plan: PlanView }) {
  const { t } = useTranslation("plans");
  const { paid, open, missed, next_open } = plan;
  if (!paid || !open) return null;
  const isLate = missed !== null && !isZero(missed);
  const words = t("progress", {
    paid: formatAmount(paid),
    total: formatAmount(plan.total),
    done: plan.paid_count,
    count: plan.instalments.length,
  });
  return (
    <div>
      <div
        className={s.track}
        role="progressbar"
        aria-label={t("paid_so_far")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={plan.paid_percent}
        aria-valuetext={words}
      >
        <div
          className={s.fill}
          data-late={isLate || undefined}
          style={{ width: `${plan.paid_percent}%` }}
        />
      </div>
      <div className={s.under}>
        <span className="t2 num">{words}</span>
        {next_open && (
          <span className={isLate ? "fg-danger" : "t2"}>
            {t(isLate ? "missed_line" : "next_line", {
              amount: formatAmount(isLate && missed ? missed : next_open),
            })}{" "}
            <Day of={plan.next_due} look="long" />
          </span>
        )}
      </div>
    </div>
  );
}
