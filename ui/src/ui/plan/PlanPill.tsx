import { useTranslation } from "react-i18next";
import { lookOf, PLAN_STATUS } from "~/domain/status";
import { Pill } from "~/ui/primitives";

const LOUD = new Set(["late", "broken"]);

/** Where a payment plan stands. In a row only what needs a person is tinted. */
export function PlanPill({ state, isHeader }: { state: string; isHeader?: boolean }) {
  const { t } = useTranslation("plans");
  return (
    <Pill {...lookOf(PLAN_STATUS, state)} isQuiet={!isHeader && !LOUD.has(state)}>
      {t(`state_${state as "kept"}`)}
    </Pill>
  );
}
