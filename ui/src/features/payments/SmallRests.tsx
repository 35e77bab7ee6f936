import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import type { SmallRest } from "~/ipc/gen/SmallRest";
import { Checkbox } from "~/ui/primitives";
import s from "./Payments.module.css";

interface SmallRestsProps {
  rests: readonly SmallRest[];
  chosen: readonly string[];
  onChoose: (invoices: readonly string[]) => void;
}

/** Rests below the school's limit: offered, and let go only where a person says so. */
export function SmallRests({ rests, chosen, onChoose }: SmallRestsProps) {
  const { t } = useTranslation("payments");
  if (rests.length === 0) return null;
  const choose = (id: string, isChosen: boolean) =>
    onChoose(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <div className={s.inset}>
      {rests.map((rest) => (
        <Checkbox
          key={rest.invoice_id}
          isSelected={chosen.includes(rest.invoice_id)}
          onChange={(isChosen) => choose(rest.invoice_id, isChosen)}
        >
          {t("let_go", { number: rest.number, rest: formatAmount(rest.rest) })}
        </Checkbox>
      ))}
    </div>
  );
}
