import { useTranslation } from "react-i18next";
import { lookOf, type StatusLook } from "~/domain/status";
import { Pill } from "~/ui/primitives";

const STATES = {
  active: { tone: "success", shape: "open" },
  used_up: { tone: "neutral", shape: "done" },
  expired: { tone: "warning", shape: "clock" },
  closed: { tone: "neutral", shape: "void" },
} as const satisfies Record<string, StatusLook>;

/** Where a package stands. Only what has lapsed is tinted. */
export function PackagePill({ state }: { state: string }) {
  const { t } = useTranslation("packages");
  return (
    <Pill {...lookOf(STATES, state)} isQuiet={state !== "expired"}>
      {t(`state_${state as "active"}`)}
    </Pill>
  );
}
