import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { faultText } from "~/ipc/errors";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { ReminderSettings } from "~/ipc/gen/ReminderSettings";
import {
  Button,
  MoneyField,
  Note,
  NumberField,
  Scroll,
  SkeletonLines,
  Switch,
  toast,
} from "~/ui/primitives";
import { useMailSettings, useReminderSettings, useSaveReminderSettings } from "./api";
import { InterestFields } from "./InterestFields";
import { MailForm } from "./MailForm";
import { Part } from "./Part";
import s from "./Settings.module.css";
import { countsFrom, draftOf, LEVELS, scheduleOf, withLevel } from "./schedule";

/** When reminders go out, and the account they leave through. */
export function RemindersPart() {
  const { t } = useTranslation("settings");
  const settings = useReminderSettings();
  const mail = useMailSettings();
  const error = settings.error ?? mail.error;
  return (
    <Scroll label={t("tab_reminders")}>
      {error && <Note tone="danger" title={faultText(error.fault)} />}
      <Part title={t("schedule")} about={t("schedule_about")}>
        {settings.data ? <ScheduleForm settings={settings.data} /> : <SkeletonLines count={6} />}
      </Part>
      <Part title={t("mail")} about={t("mail_about")}>
        {mail.data ? <MailForm mail={mail.data} /> : <SkeletonLines count={6} />}
      </Part>
    </Scroll>
  );
}

function ScheduleForm({ settings }: { settings: ReminderSettings }) {
  const { t } = useTranslation("settings");
  const [draft, setDraft] = useState(() => draftOf(settings));
  const save = useSaveReminderSettings();
  const faults = fieldFaults(save.error, ["deadline_days", "least", "own_rates"]);
  const submit = () =>
    save.mutate(scheduleOf(draft), { onSuccess: () => toast({ text: t("saved_schedule") }) });
  const { fee, fee_wait_days, least_deadline_days } = settings;
  return (
    <div className={s.form}>
      {faults.elsewhere && <Note tone="danger" title={faults.elsewhere} />}
      {LEVELS.map((level) => {
        const days = draft.days[level];
        const isNotice = level === "final" && settings.country === "NO";
        const name = isNotice ? t("step_collection") : t(`step_${level}`);
        return (
          <div className={s.pair} key={level}>
            <Switch
              isSelected={days !== undefined}
              onChange={(isUsed) => setDraft(withLevel(draft, level, isUsed))}
            >
              {name}
            </Switch>
            {days !== undefined && (
              <NumberField
                label={`${name}, ${t(countsFrom(draft, level))}`}
                hideLabel
                value={days}
                onChange={(next) =>
                  setDraft({ ...draft, days: { ...draft.days, [level]: next ?? "0" } })
                }
                suffix={t(countsFrom(draft, level))}
              />
            )}
          </div>
        );
      })}
      <div className={s.pair}>
        <NumberField
          label={t("deadline_days")}
          name="deadline_days"
          value={draft.deadline}
          onChange={(deadline) => setDraft({ ...draft, deadline: deadline ?? "0" })}
          hint={t("deadline_least", { least: least_deadline_days })}
          error={faults.at.deadline_days}
        />
        <MoneyField
          label={t("least_amount")}
          name="least"
          value={draft.least}
          onChange={(least) => setDraft({ ...draft, least: least ?? "0" })}
          currency={settings.least.currency}
          error={faults.at.least}
        />
      </div>
      <Switch
        isSelected={draft.withFees && fee !== null}
        onChange={(withFees) => setDraft({ ...draft, withFees })}
        isDisabled={fee === null}
      >
        {t("with_fees")}
      </Switch>
      <p className="t2">
        {fee
          ? t("fee_about", {
              fee: `${fee.currency} ${formatAmount(fee)}`,
              wait: fee_wait_days,
            })
          : t("fee_none")}
      </p>
      <InterestFields
        settings={settings}
        draft={draft}
        onChange={(next) => setDraft({ ...draft, ...next })}
        error={faults.at.own_rates}
      />
      <div className="row">
        <Button variant="primary" isBusy={save.isPending} onPress={submit}>
          {t("save")}
        </Button>
      </div>
    </div>
  );
}
