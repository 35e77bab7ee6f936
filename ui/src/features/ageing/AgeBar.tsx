import { useTranslation } from "react-i18next";
import { largest, shareOf } from "~/domain/amounts";
import { formatAmount, isZero, type Money } from "~/domain/money";
import s from "./Ageing.module.css";
import { ageStep, columnName } from "./labels";

interface AgeBarProps {
  columns: readonly Money[];
  ends: readonly number[];
}

/** How the debt is spread over its ages, as a thin line; the figures stand in the sums below. */
export function AgeBar({ columns, ends }: AgeBarProps) {
  const { t } = useTranslation("ageing");
  const most = largest(columns);
  if (!most || isZero(most)) return <div className={s.bar} aria-hidden />;
  return (
    <div className={s.bar} aria-hidden>
      {columns.map((of, at) =>
        isZero(of) ? null : (
          <span
            key={columnName(t, ends, at)}
            data-step={ageStep(columns.length, at)}
            title={`${columnName(t, ends, at)}: ${formatAmount(of)}`}
            style={{ flexGrow: shareOf(of, most) }}
          />
        ),
      )}
    </div>
  );
}
