import { CircleAlert, CircleArrowLeft, CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatAmount, formatMoney, isNegative, isZero, type Money } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { Amount, Icon } from "~/ui/primitives";
import s from "./Payments.module.css";
import type { Recording } from "./useRecording";

interface RemainderProps {
  recording: Recording;
  amount: Money | null;
  name: string;
}

/** What becomes of the money that settles nothing, or why it cannot be recorded. */
export function Remainder({ recording, amount, name }: RemainderProps) {
  const { t } = useTranslation("payments");
  const { checked, problem } = recording;
  const { currency } = useDesk();
  if (amount === null || !checked) return null;
  if (problem)
    return (
      <div className={s.remainder} role="alert">
        <Icon of={CircleAlert} className="fg-danger" />
        <span className="fg-danger medium">{problem}</span>
        <NowAfter recording={recording} />
      </div>
    );
  const { remaining } = checked;
  if (isZero(remaining))
    return (
      <div className={s.remainder} role="status">
        <Icon of={CircleCheck} className="fg-success" />
        <span className="t2">{t("all_allocated")}</span>
        <NowAfter recording={recording} />
      </div>
    );
  if (isNegative(remaining)) return null;
  const shown = remaining.currency === currency ? formatAmount : formatMoney;
  return (
    <div className={s.remainder} role="status">
      <Icon of={CircleArrowLeft} className="fg-credit" />
      <span>
        <b className="num">{t("left_over", { amount: shown(remaining) })}</b>{" "}
        <span className="t2">{t("kept_as_credit", { name })}</span>
      </span>
      <NowAfter recording={recording} />
    </div>
  );
}

/** The balance before and after, where the window is too narrow for the panel that says so. */
function NowAfter({ recording }: { recording: Recording }) {
  const { t } = useTranslation("payments");
  const { checked } = recording;
  if (!checked) return null;
  return (
    <span className={s.nowAfter}>
      <span className="t3">{t("balance")}</span> <Amount of={checked.balance_now} /> →{" "}
      <Amount of={checked.balance_after} look="strong" />
    </span>
  );
}
