import { useTranslation } from "react-i18next";
import { lookOf, PAYMENT_STATUS } from "~/domain/status";
import { Pill } from "~/ui/primitives";

interface PaymentPillProps {
  /** As the backend names it. */
  state: string;
  /** In a row only what a person should see is tinted. */
  isHeader?: boolean;
}

/** Where a payment stands. */
export function PaymentPill({ state, isHeader }: PaymentPillProps) {
  const { t } = useTranslation("payments");
  const { tone, shape } = lookOf(PAYMENT_STATUS, state);
  return (
    <Pill tone={tone} shape={shape} isQuiet={!isHeader && state === "confirmed"}>
      {t(`state_${state as "confirmed"}`)}
    </Pill>
  );
}
