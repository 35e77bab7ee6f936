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
  Select,
  SkeletonLines,
  Switch,
  toast,
} from "~/ui/primitives";
import {
  useMailSettings,
  useReminderSettings,
  useSaveReminderSettings,
  useSmsSettings,
} from "./api";
import { InterestFields } from "./InterestFields";
import { MailForm } from "./MailForm";
import { Part } from "./Part";
import s from "./Settings.module.css";
import { SmsContract, SmsForm } from "./SmsForm";
import {
  countsFrom,
  draftOf,
  LEVELS,
  type Level,
  type ScheduleDraft,
  scheduleOf,
  WAY_NAMES,
  WAYS,
  withLevel,
  withWays,
} from "./schedule";

/** When reminders go out, and the account they leave through. */
export function RemindersPart() {
  const { t } = useTranslation("settings");
  const settings = useReminderSettings();
  const mail = useMailSettings();
  const sms = useSmsSettings();
  const error = settings.error ?? mail.error ?? sms.error;
  return (
    <Scroll label={t("tab_reminders")}>
      {error && <Note tone="danger" title={faultText(error.fault)} />}
      <Part title={t("schedule")} about={t("schedule_about")}>
        {settings.data ? <ScheduleForm settings={settings.data} /> : <SkeletonLines count={6} />}
      </Part>
      <Part title={t("mail")} about={t("mail_about")}>
        {mail.data ? <MailForm mail={mail.data} /> : <SkeletonLines count={6} />}
      </Part>
      <Part
        title={t("sms")}
        about={
          <>
            {t("sms_about")}
            <SmsContract />
          </>
        }
      >
        {sms.data ? <SmsForm sms={sms.data} /> : <SkeletonLines count={6} />}
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
      {LEVELS.map((level) => (
        <StepRow
          key={level}
          level={level}
          isNotice={level === "final" && settings.country === "NO"}
          draft={draft}
          onChange={setDraft}
        />
      ))}
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

interface StepRowProps {
  level: Level;
  /** The last level is the collection notice that the law names. */
  isNotice: boolean;
  draft: ScheduleDraft;
  onChange: (draft: ScheduleDraft) => void;
}

/** A level: whether it is used, after how many days, and how its message goes. */
function StepRow({ level, isNotice, draft, onChange }: StepRowProps) {
  const { t } = useTranslation("settings");
  const days = draft.days[level];
  const name = isNotice ? t("step_collection") : t(`step_${level}`);
  return (
    <div className={s.step}>
      <Switch
        isSelected={days !== undefined}
        onChange={(isUsed) => onChange(withLevel(draft, level, isUsed))}
      >
        {name}
      </Switch>
      {days !== undefined && (
        <>
          <NumberField
            label={`${name}, ${t(countsFrom(draft, level))}`}
            hideLabel
            value={days}
            onChange={(next) =>
              onChange({ ...draft, days: { ...draft.days, [level]: next ?? "0" } })
            }
            suffix={t(countsFrom(draft, level))}
          />
          <Select
            label={`${name}, ${t("step_ways")}`}
            hideLabel
            value={draft.ways[level] ?? ""}
            onChange={(ways) => onChange(withWays(draft, level, ways))}
            options={WAYS.map((id) => ({ id, name: t(`ways_${WAY_NAMES[id]}`) }))}
          />
        </>
      )}
    </div>
  );
}
