import { useTranslation } from "react-i18next";
import { formatAmount, formatMoney } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import type { SurchargeView } from "~/ipc/gen/SurchargeView";
import { Checkbox } from "~/ui/primitives";
import s from "./Payments.module.css";

interface SurchargeProps {
  of: SurchargeView | null;
  isTaken: boolean;
  onTake: (isTaken: boolean) => void;
}

/** What the way to pay costs on top: seen before it is taken, and left out where a person says so. */
export function Surcharge({ of, isTaken, onTake }: SurchargeProps) {
  const { t } = useTranslation("payments");
  const { currency } = useDesk();
  if (of === null) return null;
  const shown = of.gross.currency === currency ? formatAmount : formatMoney;
  return (
    <div className={s.inset}>
      <Checkbox isSelected={isTaken} onChange={onTake}>
        {t("surcharge_on", { name: of.name, gross: shown(of.gross) })}
      </Checkbox>
      {isTaken && <p className="t2 small">{t("surcharge_total", { total: shown(of.total) })}</p>}
    </div>
  );
}
