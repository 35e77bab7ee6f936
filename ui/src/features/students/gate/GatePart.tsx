import { useTranslation } from "react-i18next";
import { daysBetween } from "~/domain/dates";
import type { GateLamp } from "~/domain/status";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { DebtGateView } from "~/ipc/gen/DebtGateView";
import { reasonOf } from "~/ui/gate/reasons";
import { Button, Day, Lamp } from "~/ui/primitives";
import s from "../Students.module.css";
import { useGate, usePassVerb } from "./api";

export type GateDialog = "let_through" | "block" | "test";

interface GatePartProps {
  studentId: string;
  onAsk: (dialog: GateDialog) => void;
}

/** Whether the student may book on: the light, why it is lit, and what can be done about it. */
export function GatePart({ studentId, onAsk }: GatePartProps) {
  const { t } = useTranslation("students");
  const { data: gate, error } = useGate(studentId);
  const verb = usePassVerb(studentId);
  if (!gate)
    return (
      <section className={s.gate} aria-label={t("gate")}>
        <div className={s.asideHead}>
          <h2>{t("gate")}</h2>
        </div>
        <p className="t2">{error ? faultText(faultOf(error)) : "\u00a0"}</p>
      </section>
    );
  return (
    <section className={s.gate} aria-label={t("gate")}>
      <div className={s.asideHead}>
        <h2>{t("gate")}</h2>
        <Lamp state={gate.light as GateLamp} />
      </div>
      {gate.passed.map((passed) => (
        <p key={passed.what} className="t2">
          {reasonOf(t, passed)}
        </p>
      ))}
      {gate.light === "clear" && <p className="t2">{t("gate_nothing")}</p>}
      {gate.blocked_from && (
        <p className="t2">
          {t("gate_blocked_from")} <Day of={gate.blocked_from} look="long" />
        </p>
      )}
      {gate.pass?.holds && (
        <p>
          {t("let_through_until")} <Day of={gate.pass.until} look="long" />
          <span className="t2"> – {gate.pass.reason}</span>
        </p>
      )}
      {verb && (
        <Button size="small" onPress={() => onAsk(verb)}>
          {t(verb === "block" ? "block_again" : "let_through")}
        </Button>
      )}
      <TestOf gate={gate} onAsk={() => onAsk("test")} />
    </section>
  );
}

function TestOf({ gate, onAsk }: { gate: DebtGateView; onAsk: () => void }) {
  const { t } = useTranslation("students");
  const { today } = useDesk();
  const away = gate.test_on ? daysBetween(today, gate.test_on) : null;
  return (
    <div className={s.test}>
      <span className="t3">{t("test")}</span>
      <span>
        {gate.test_on ? <Day of={gate.test_on} look="long" /> : <span className="t3">–</span>}
        {away !== null && away >= 0 && (
          <span className="t3 small"> {t("test_away", { count: away })}</span>
        )}
      </span>
      <Button size="small" variant="quiet" onPress={onAsk}>
        {t("change")}
      </Button>
    </div>
  );
}
