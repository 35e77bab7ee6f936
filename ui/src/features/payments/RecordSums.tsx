import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatAmount, isNegative, isZero, type Money } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { Figure, Icon } from "~/ui/primitives";
import s from "./Payments.module.css";
import type { Recording } from "./useRecording";

/** Received less allocated is what remains: always in view, and never worked out here. */
export function RecordSums({ recording, amount }: { recording: Recording; amount: Money | null }) {
  const { t } = useTranslation("payments");
  const { currency } = useDesk();
  const { checked, isStale } = recording;
  const shown = amount === null ? undefined : checked;
  const remaining = shown?.remaining;
  const tone = !remaining
    ? undefined
    : isNegative(remaining)
      ? "danger"
      : isZero(remaining)
        ? "success"
        : "credit";
  const unit = amount && amount.currency !== currency ? amount.currency : undefined;
  const text = (of: Money | undefined | null) => (of ? formatAmount(of) : "–");
  return (
    <div className={`${s.sums} ${isStale ? s.stale : ""}`} aria-live="polite">
      <Figure label={t("received")} unit={unit} value={text(amount)} />
      <span className={s.sign} aria-hidden>
        −
      </span>
      <Figure label={t("allocated")} value={text(shown?.allocated)} />
      <span className={s.sign} aria-hidden>
        =
      </span>
      <Figure
        label={t("remaining")}
        tone={tone}
        value={
          <span className={s.done} style={{ color: "inherit" }}>
            {text(remaining)}
            {remaining && isZero(remaining) && <Icon of={Check} />}
          </span>
        }
      />
    </div>
  );
}
