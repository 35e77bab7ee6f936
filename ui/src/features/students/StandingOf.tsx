import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { opposite, withoutSign } from "~/domain/amounts";
import { daysBetween } from "~/domain/dates";
import { formatAmount, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import type { AccountRow } from "~/ipc/gen/AccountRow";
import type { AccountView } from "~/ipc/gen/AccountView";
import type { StudentView } from "~/ipc/gen/StudentView";
import { Amount, Day, Figure } from "~/ui/primitives";
import { standingOf } from "./form";
import { BoughtAhead } from "./packages/BoughtAhead";
import { isTaking } from "./rows";
import s from "./Students.module.css";

interface StandingProps {
  student: StudentView;
  account: AccountView;
  open: readonly AccountRow[];
}

const SHOWN_AT_MOST = 5;

/** What the student owes, in words, with the rows that make it. */
export function StandingOf({ student, account, open }: StandingProps) {
  const { t } = useTranslation("students");
  const { today } = useDesk();
  const standing = standingOf(student);
  const shown = withoutSign(student.balance);
  const late = student.oldest_due ? Math.max(0, daysBetween(student.oldest_due, today)) : 0;
  return (
    <section className={s.top} aria-label={t("balance")}>
      <div className={s.standing}>
        <div className={s.figure}>
          <Figure
            size="page"
            label={t(`standing_${standing}`)}
            unit={shown.currency}
            value={formatAmount(shown)}
            tone={standing === "credit" ? "credit" : undefined}
          />
        </div>
        <div className={s.words}>
          {!isZero(student.overdue) && (
            <p>
              <span className="fg-danger">
                {t("overdue_amount", { amount: formatAmount(student.overdue) })}
              </span>
              {late > 0 && t("oldest_days", { count: late })}
            </p>
          )}
          {!isZero(student.credit) && (
            <p>
              <span className="fg-credit">{formatAmount(student.credit)}</span>{" "}
              {t(standing === "credit" ? "credit_usable" : "credit_counted")}
            </p>
          )}
          <BoughtAhead studentId={student.id} />
          {standing === "settled" && <p>{t("settled_words")}</p>}
          {standing === "owes" && isZero(student.overdue) && <p>{t("nothing_overdue")}</p>}
        </div>
      </div>
      {open.length > 0 && (
        <div className={s.openList}>
          {open.slice(0, SHOWN_AT_MOST).map((row) => (
            <OpenRow key={row.id} row={row} today={today} />
          ))}
          {open.length > SHOWN_AT_MOST && (
            <p className="t3 small">{t("more_open", { count: open.length - SHOWN_AT_MOST })}</p>
          )}
          <div className={`${s.openRow} ${s.openSum}`}>
            <span />
            <span className={`t2 clip ${s.sumWords}`}>
              {isZero(account.credit)
                ? t("sum_open")
                : t("sum_of", {
                    open: formatAmount(account.open),
                    credit: formatAmount(account.credit),
                  })}
            </span>
            <Amount of={account.balance} look="strong" />
          </div>
        </div>
      )}
    </section>
  );
}

function OpenRow({ row, today }: { row: AccountRow; today: string }) {
  const { t } = useTranslation("students");
  const late = row.due_date ? daysBetween(row.due_date, today) : null;
  return (
    <div className={s.openRow}>
      <Link to={placeOf(row.kind, row.id)} className="num clip">
        {row.label}
      </Link>
      <span className="t2 clip">
        {t(`kind_${row.kind as "invoice"}`)} <Day of={row.date} look="long" />
      </span>
      {isTaking(row) ? (
        <span className="small fg-credit">{t("unused")}</span>
      ) : late !== null && late > 0 ? (
        <span className="small fg-danger">{t("days_overdue", { count: late })}</span>
      ) : (
        <span className="small t3">
          {t("due")} <Day of={row.due_date} />
        </span>
      )}
      <Amount
        of={isTaking(row) ? opposite(withoutSign(row.left)) : row.left}
        look={isTaking(row) ? "credit" : "plain"}
      />
    </div>
  );
}
