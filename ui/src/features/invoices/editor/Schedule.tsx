import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, formatDate } from "~/domain/dates";
import { faultOf, faultText } from "~/ipc/errors";
import { fieldFaults } from "~/ipc/fieldFaults";
import { usePreferences } from "~/ui/preferences";
import { Banner, Button, DateField, FormDialog, toast } from "~/ui/primitives";
import type { Editing } from "./useEditing";

interface ScheduleProps {
  editing: Editing;
  today: string;
}

/** A draft has a day that is still to come. */
export const isWaiting = (scheduled_on: string | null, today: string): boolean =>
  scheduled_on !== null && scheduled_on > today;

/** The day on which the draft is issued by itself. */
export function ScheduleDialog({
  editing,
  today,
  onClose,
}: ScheduleProps & { onClose: () => void }) {
  const { t } = useTranslation("invoices");
  const { language } = usePreferences();
  const tomorrow = addDays(today, 1);
  const { issue_date, scheduled_on } = editing.draft;
  const [day, setDay] = useState<string | null>(
    scheduled_on ?? (issue_date > today ? issue_date : tomorrow),
  );
  const [isAsked, setAsked] = useState(false);
  const faults = fieldFaults(isAsked ? editing.fault : null, ["scheduled_on"]);
  function submit() {
    if (day === null) return;
    setAsked(true);
    editing.schedule({ scheduled_on: day, issue_date: day }, () => {
      toast({ tone: "success", text: t("scheduled", { day: formatDate(day, "long", language) }) });
      onClose();
    });
  }
  return (
    <FormDialog
      title={t("schedule_title")}
      verb={t("schedule_verb")}
      width="narrow"
      isBusy={editing.isSaving}
      disabledReason={day === null ? t("schedule_day_needed") : undefined}
      trouble={faults.elsewhere}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="t2">{t("schedule_body")}</p>
      <DateField
        label={t("scheduled_on")}
        name="scheduled_on"
        isRequired
        autoFocus
        value={day}
        min={tomorrow}
        today={today}
        error={faults.at.scheduled_on}
        onChange={setDay}
      />
    </FormDialog>
  );
}

/** When it is issued by itself, or that it was to be and a rule stood against it. */
export function ScheduleBanner({ editing, today }: ScheduleProps) {
  const { t } = useTranslation("invoices");
  const { language } = usePreferences();
  const { scheduled_on } = editing.draft;
  if (scheduled_on === null) return null;
  const day = formatDate(scheduled_on, "long", language);
  const waits = isWaiting(scheduled_on, today);
  const takeBack = () =>
    editing.schedule({ scheduled_on: null, issue_date: today }, () =>
      toast({ tone: "success", text: t("schedule_taken_back") }),
    );
  return (
    <Banner
      tone={waits ? "info" : "danger"}
      icon={CalendarClock}
      title={t(waits ? "schedule_waits" : "schedule_missed", { day })}
      actions={
        <Button size="small" isBusy={editing.isSaving} onPress={takeBack}>
          {t("schedule_take_back")}
        </Button>
      }
    >
      {editing.fault
        ? faultText(faultOf(editing.fault))
        : t(waits ? "schedule_waits_body" : "schedule_missed_body")}
    </Banner>
  );
}
