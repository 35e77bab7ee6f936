import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { faultText } from "~/ipc/errors";
import type { GateLimits } from "~/ipc/gen/GateLimits";
import type { GateRuleView } from "~/ipc/gen/GateRuleView";
import { useMay } from "~/ipc/session";
import { Button, Day, Facts, Lamp, Note, Scroll, SkeletonLines } from "~/ui/primitives";
import { useGateRules, useTables } from "./api";
import { BucketsForm } from "./BucketsForm";
import { GateRuleDialog } from "./GateRuleDialog";
import { Part } from "./Part";
import s from "./Settings.module.css";

/** How debts are aged, and when somebody who owes may not book on. */
export function OwingPart() {
  const { t } = useTranslation("settings");
  const tables = useTables();
  const rules = useGateRules();
  const [isChanging, setChanging] = useState(false);
  const may = useMay("set_up");
  const error = tables.error ?? rules.error;
  return (
    <Scroll label={t("tab_owing")}>
      {error && <Note tone="danger" title={faultText(error.fault)} />}
      <Part title={t("buckets")} about={t("buckets_about")}>
        {tables.data ? (
          <BucketsForm
            key={tables.data.ageing_buckets.join()}
            ends={tables.data.ageing_buckets}
            isDisabled={!may}
          />
        ) : (
          <SkeletonLines count={2} />
        )}
      </Part>
      <Part title={t("gate")} about={t("gate_about")}>
        {rules.data ? (
          <>
            <Rule rule={rules.data.current} />
            {may && (
              <Button icon={Plus} onPress={() => setChanging(true)}>
                {t("gate_change")}
              </Button>
            )}
            {rules.data.rules.length > 0 && <Earlier rules={rules.data.rules} />}
          </>
        ) : (
          <SkeletonLines count={6} />
        )}
      </Part>
      {isChanging && rules.data && (
        <GateRuleDialog rule={rules.data.current} onClose={() => setChanging(false)} />
      )}
    </Scroll>
  );
}

/** The limits of a light in words; a light without limits is never lit. */
function useLimits() {
  const { t } = useTranslation("settings");
  return (limits: GateLimits): string[] => {
    const { overdue, days_overdue, balance, test_lead_days } = limits;
    const words = [
      overdue && t("limit_overdue", { amount: formatAmount(overdue) }),
      days_overdue !== null && t("limit_days", { count: days_overdue }),
      balance && t("limit_balance", { amount: formatAmount(balance) }),
      test_lead_days !== null && t("limit_test", { count: test_lead_days }),
    ].filter((word) => typeof word === "string");
    return words.length > 0 ? words : [t("limit_none")];
  };
}

function Rule({ rule }: { rule: GateRuleView }) {
  const { t } = useTranslation("settings");
  const limits = useLimits();
  const lit = (of: GateLimits) => (
    <ul className={s.limits}>
      {limits(of).map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
  return (
    <Facts
      facts={[
        {
          label: t("gate_from"),
          value: rule.valid_from ? <Day of={rule.valid_from} look="long" /> : t("gate_usual"),
        },
        { label: t("gate_watch"), value: <Lit state="watch">{lit(rule.watch)}</Lit> },
        { label: t("gate_blocked"), value: <Lit state="blocked">{lit(rule.blocked)}</Lit> },
        {
          label: t("gate_least"),
          value: rule.least ? formatAmount(rule.least) : <span className="t3">–</span>,
        },
      ]}
    />
  );
}

function Lit({ state, children }: { state: "watch" | "blocked"; children: React.ReactNode }) {
  return (
    <div className={s.lit}>
      <Lamp state={state} hideWord />
      {children}
    </div>
  );
}

/** Rules that were set, the latest first; also those still to come. */
function Earlier({ rules }: { rules: readonly GateRuleView[] }) {
  const { t } = useTranslation("settings");
  const limits = useLimits();
  return (
    <details className={s.earlier}>
      <summary>{t("gate_all", { count: rules.length })}</summary>
      <ul>
        {rules.map((rule) => (
          <li key={rule.valid_from}>
            <Day of={rule.valid_from} look="long" />
            <span className="t2">
              {" "}
              {t("gate_watch")}: {limits(rule.watch).join(", ")}. {t("gate_blocked")}:{" "}
              {limits(rule.blocked).join(", ")}.
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
