import { type DateStyle, formatDate, formatInstant, type IsoDate } from "~/domain/dates";
import { formatAmount, isZero, type Money } from "~/domain/money";
import { useWords } from "~/i18n/useWords";
import { usePreferences } from "../preferences";
import s from "./Amount.module.css";
import { cx } from "./cx";

export interface AmountProps {
  of: Money | null | undefined;
  /** `main` is the amount to act on, `late` is overdue, `credit` is what we owe. */
  look?: "plain" | "main" | "strong" | "late" | "credit" | "dim";
  /** Writes the currency code in front, where a list mixes currencies. */
  withCurrency?: boolean;
}

/** The only way to show money. Zero is dimmed, no amount is a dim dash. */
export function Amount({ of, look = "plain", withCurrency }: AmountProps) {
  if (!of) return <span className={cx(s.amount, s.dim)}>–</span>;
  return (
    <span className={cx(s.amount, isZero(of) ? s.dim : s[look])}>
      {withCurrency && <span className={s.currency}>{of.currency} </span>}
      {formatAmount(of)}
    </span>
  );
}

/** The only way to show a day. */
export function Day({ of, look = "row" }: { of: IsoDate | null | undefined; look?: DateStyle }) {
  const { language } = usePreferences();
  if (!of) return <span className={s.dim}>–</span>;
  return (
    <time dateTime={of} className={s.day}>
      {formatDate(of, look, language)}
    </time>
  );
}

/** A moment: the time today, the day and time before. */
export function Moment({ of }: { of: string | null | undefined }) {
  const { language } = usePreferences();
  if (!of) return <span className={s.dim}>–</span>;
  return (
    <time dateTime={of} className={s.day}>
      {formatInstant(of, language)}
    </time>
  );
}

/** How late or near a due day is, in one word; nothing while there is time. */
export function DueHint({ overdueDays }: { overdueDays: number | null | undefined }) {
  const t = useWords("common");
  if (overdueDays === null || overdueDays === undefined || overdueDays < 0) return null;
  const isToday = overdueDays === 0;
  return (
    <span className={cx(s.due, isToday ? "fg-warning" : "fg-danger")}>
      {isToday ? t("today") : t("days", { count: overdueDays })}
    </span>
  );
}
