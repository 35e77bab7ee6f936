import { useTranslation } from "react-i18next";
import type { StatusShape, Tone } from "~/domain/status";
import { Pill } from "../primitives";

const LOOKS: Record<string, { tone: Tone; shape: StatusShape }> = {
  ready: { tone: "success", shape: "check" },
  sign_in_needed: { tone: "warning", shape: "warning" },
  to_map: { tone: "info", shape: "clock" },
  closed: { tone: "neutral", shape: "void" },
};

const ASKING = new Set(["sign_in_needed", "to_map"]);

/** How a connection stands; tinted only when it asks for a person. */
export function StatePill(props: { state: string; isSigningIn?: boolean; isHeader?: boolean }) {
  const { t } = useTranslation("connections");
  if (props.isSigningIn)
    return (
      <Pill tone="info" shape="open" isQuiet>
        {t("signing_in")}
      </Pill>
    );
  const look = LOOKS[props.state] ?? { tone: "neutral" as const, shape: "none" as const };
  return (
    <Pill {...look} isQuiet={!props.isHeader && !ASKING.has(props.state)}>
      {t(`state_${props.state}` as "state_ready", { defaultValue: props.state })}
    </Pill>
  );
}
