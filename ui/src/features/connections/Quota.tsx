import { useTranslation } from "react-i18next";
import s from "./Connections.module.css";

const counts = new Intl.NumberFormat("nb-NO");

/** What is left of the calls of a day. Grey: nobody has to act on it. */
export function Quota({ left, perDay }: { left: number | null; perDay: number }) {
  const { t } = useTranslation("connections");
  if (perDay === 0) return <span className="t3">{t("no_limit")}</span>;
  const total = counts.format(perDay);
  if (left === null)
    return (
      <>
        <span className="num">{total}</span>
        <div className={s.two}>{t("unknown_quota")}</div>
      </>
    );
  return (
    <div className="num">
      {counts.format(left)} <span className="t3">{t("of_calls", { total })}</span>
      <span className={s.quotaBar} aria-hidden>
        <i style={{ width: `${Math.min(100, (left / perDay) * 100)}%` }} />
      </span>
    </div>
  );
}
