import { useTranslation } from "react-i18next";
import type { ReminderSettings } from "~/ipc/gen/ReminderSettings";
import { Day, NumberField, Switch } from "~/ui/primitives";
import type { ScheduleDraft } from "./schedule";

interface InterestProps {
  settings: ReminderSettings;
  draft: ScheduleDraft;
  onChange: (next: Pick<ScheduleDraft, "withInterest"> | Pick<ScheduleDraft, "laterRate">) => void;
  error?: string;
}

/** Whether reminders ask for statutory interest, and by which rate once the known ones end. */
export function InterestFields({ settings, draft, onChange, error }: InterestProps) {
  const { t } = useTranslation("settings");
  const { has_interest, interest_known_until, interest_rate } = settings;
  return (
    <>
      <Switch
        isSelected={draft.withInterest && has_interest}
        onChange={(withInterest) => onChange({ withInterest })}
        isDisabled={!has_interest}
      >
        {t("with_interest")}
      </Switch>
      <p className="t2">
        {has_interest && interest_rate && interest_known_until ? (
          <>
            {t("interest_about", { rate: interest_rate })}{" "}
            <Day of={interest_known_until} look="long" />.
          </>
        ) : (
          t("interest_none")
        )}
      </p>
      {has_interest && draft.withInterest && (
        <NumberField
          label={t("later_rate")}
          hint={t("later_rate_hint")}
          name="later_rate"
          decimals={2}
          suffix="%"
          value={draft.laterRate}
          onChange={(laterRate) => onChange({ laterRate })}
          error={error}
        />
      )}
    </>
  );
}
