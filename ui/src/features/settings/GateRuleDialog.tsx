import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { GateRuleView } from "~/ipc/gen/GateRuleView";
import { DateField, FormDialog, Lamp, MoneyField, NumberField, toast } from "~/ui/primitives";
import { useSaveGateRule } from "./api";
import { draftOfRule, type LimitsDraft, ruleOf } from "./gateRule";
import s from "./Settings.module.css";

const LIGHTS = ["watch", "blocked"] as const;
const FIELDS = [
  "valid_from",
  "least",
  ...LIGHTS.flatMap((light) => [`${light}.overdue`, `${light}.balance`]),
];

interface GateRuleDialogProps {
  /** The rule that holds: the change begins with it. */
  rule: GateRuleView;
  onClose: () => void;
}

/** The rule of the debt gate from a day on. */
export function GateRuleDialog({ rule, onClose }: GateRuleDialogProps) {
  const { t } = useTranslation("settings");
  const { today, currency } = useDesk();
  const [draft, setDraft] = useState(() => draftOfRule(rule, today));
  const save = useSaveGateRule();
  const refused = fieldFaults(save.error, FIELDS);
  const submit = () =>
    save.mutate(ruleOf(draft), {
      onSuccess: () => {
        toast({ text: t("gate_saved") });
        onClose();
      },
    });
  return (
    <FormDialog
      title={t("gate_title")}
      verb={t("gate_save")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <p className="t2">{t("gate_note")}</p>
      <div className={s.pair}>
        <DateField
          label={t("gate_from")}
          name="valid_from"
          isRequired
          today={today}
          value={draft.from}
          onChange={(day) => setDraft({ ...draft, from: day ?? "" })}
          error={refused.at.valid_from}
        />
        <MoneyField
          label={t("gate_least")}
          name="least"
          hint={t("gate_least_hint")}
          currency={currency}
          value={draft.least}
          onChange={(least) => setDraft({ ...draft, least })}
          error={refused.at.least}
        />
      </div>
      {LIGHTS.map((light) => (
        <Limits
          key={light}
          light={light}
          limits={draft[light]}
          currency={currency}
          errorAt={(field) => refused.at[`${light}.${field}`]}
          onChange={(limits) => setDraft({ ...draft, [light]: limits })}
        />
      ))}
    </FormDialog>
  );
}

interface LimitsProps {
  light: (typeof LIGHTS)[number];
  limits: LimitsDraft;
  currency: string;
  errorAt: (field: string) => string | undefined;
  onChange: (limits: LimitsDraft) => void;
}

/** The limits of one light; each that is left empty is none. */
function Limits({ light, limits, currency, errorAt, onChange }: LimitsProps) {
  const { t } = useTranslation("settings");
  return (
    <fieldset className={s.choices}>
      <legend className={s.light}>
        <Lamp state={light} />
      </legend>
      <div className={s.pair}>
        <MoneyField
          label={t("limit_overdue_label")}
          name={`${light}.overdue`}
          currency={currency}
          value={limits.overdue}
          onChange={(overdue) => onChange({ ...limits, overdue })}
          error={errorAt("overdue")}
        />
        <NumberField
          label={t("limit_days_label")}
          suffix={t("days")}
          value={limits.days}
          onChange={(days) => onChange({ ...limits, days })}
        />
        <MoneyField
          label={t("limit_balance_label")}
          name={`${light}.balance`}
          currency={currency}
          value={limits.balance}
          onChange={(balance) => onChange({ ...limits, balance })}
          error={errorAt("balance")}
        />
        <NumberField
          label={t("limit_test_label")}
          suffix={t("days")}
          value={limits.lead}
          onChange={(lead) => onChange({ ...limits, lead })}
        />
      </div>
    </fieldset>
  );
}
