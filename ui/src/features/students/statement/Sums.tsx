import { useTranslation } from "react-i18next";
import { formatAmount, isNegative, type Money } from "~/domain/money";
import type { StatementView } from "~/ipc/gen/StatementView";
import { Day, Figure } from "~/ui/primitives";
import s from "./Statement.module.css";

/** Opening + charged − paid or credited = closing, read from left to right. */
export function Sums({ view }: { view: StatementView }) {
  const { t } = useTranslation("students");
  const isActivity = view.style === "activity";
  const tone = (of: Money) => (isNegative(of) ? "credit" : undefined);
  return (
    <section className={s.sums} aria-label={t("statement_sums")}>
      {isActivity && (
        <>
          <Figure
            label={t("opening")}
            value={formatAmount(view.opening)}
            tone={tone(view.opening)}
          />
          <span className={s.sign}>+</span>
          <Figure label={t("charged")} value={formatAmount(view.charged)} />
          <span className={s.sign}>−</span>
          <Figure label={t("taken")} value={formatAmount(view.taken)} />
          <span className={s.sign}>=</span>
        </>
      )}
      <Figure
        label={t("closing")}
        unit={view.closing.currency}
        value={formatAmount(view.closing)}
        tone={tone(view.closing)}
      />
      <span className={s.asOf}>
        <Day of={view.to} look="long" />
      </span>
    </section>
  );
}
