import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { MilestoneRow } from "~/ipc/gen/MilestoneRow";
import {
  Checkbox,
  FormDialog,
  MoneyField,
  NumberField,
  RadioGroup,
  Select,
  TextField,
  toast,
} from "~/ui/primitives";
import { useDeskStatus, useSaveMilestone, useServices } from "./api";
import {
  BEFORE,
  MILESTONE_FIELDS,
  type MilestoneDraft,
  milestoneDraft,
  milestoneRequest,
  missingInMilestone,
} from "./milestone";
import s from "./Settings.module.css";

interface MilestoneDialogProps {
  /** Null for a new one. */
  milestone: MilestoneRow | null;
  onClose: () => void;
}

const EVERY = "every";

/** What must be paid before what. */
export function MilestoneDialog({ milestone, onClose }: MilestoneDialogProps) {
  const { t } = useTranslation("settings");
  const [draft, setDraft] = useState(() => milestoneDraft(milestone, crypto.randomUUID()));
  const [wasTried, setTried] = useState(false);
  const currency = useDeskStatus().data?.school?.currency ?? "NOK";
  const save = useSaveMilestone();
  const refused = fieldFaults(save.error, MILESTONE_FIELDS);
  const missing = missingInMilestone(draft);
  const errorAt = (field: string) =>
    wasTried && missing.includes(field) ? t("need_this") : refused.at[field];
  const change = (next: Partial<MilestoneDraft>) => setDraft((before) => ({ ...before, ...next }));
  function submit() {
    setTried(true);
    if (missing.length > 0) return;
    save.mutate(milestoneRequest(draft), {
      onSuccess: () => {
        toast({ text: t("milestone_saved", { name: draft.name }) });
        onClose();
      },
    });
  }
  return (
    <FormDialog
      title={milestone ? t("change_milestone", { name: milestone.name }) : t("new_milestone")}
      verb={t("save_milestone")}
      width="narrow"
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <TextField
        label={t("milestone_name")}
        name="name"
        isRequired
        autoFocus
        maxLength={120}
        value={draft.name}
        onChange={(name) => change({ name })}
        error={errorAt("name")}
      />
      <RadioGroup
        label={t("milestone_before")}
        look="row"
        value={draft.before}
        options={BEFORE.map((id) => ({ id, name: t(`before_${id}`) }))}
        onChange={(before) => change({ before })}
      />
      <BeforeFields draft={draft} errorAt={errorAt} onChange={change} />
      <MoneyField
        label={t("milestone_amount")}
        name="amount"
        isRequired
        currency={currency}
        value={draft.amount}
        onChange={(amount) => change({ amount })}
        hint={t("milestone_amount_hint")}
        error={errorAt("amount")}
      />
      <Checkbox isSelected={draft.active} onChange={(active) => change({ active })}>
        {t("milestone_active")}
      </Checkbox>
    </FormDialog>
  );
}

interface BeforeFieldsProps {
  draft: MilestoneDraft;
  errorAt: (field: string) => string | undefined;
  onChange: (next: Partial<MilestoneDraft>) => void;
}

function BeforeFields({ draft, errorAt, onChange }: BeforeFieldsProps) {
  const { t } = useTranslation("settings");
  const services = useServices(false).data?.rows ?? [];
  const options = services
    .filter((row) => row.kind !== "package")
    .map((row) => ({ id: row.id, name: `${row.code} ${row.name}` }));
  if (draft.before === "service")
    return (
      <Select
        label={t("milestone_service")}
        name="service_id"
        isRequired
        placeholder={t("choose")}
        options={options}
        value={draft.service_id}
        onChange={(service_id) => onChange({ service_id })}
        error={errorAt("service_id")}
      />
    );
  return (
    <div className={s.lessonAndService}>
      <NumberField
        label={t("milestone_lesson")}
        name="lesson"
        isRequired
        value={draft.lesson}
        onChange={(lesson) => onChange({ lesson })}
        error={errorAt("lesson")}
      />
      <Select
        label={t("milestone_counts")}
        name="service_id"
        options={[{ id: EVERY, name: t("every_lesson") }, ...options]}
        value={draft.service_id ?? EVERY}
        onChange={(id) => onChange({ service_id: id === EVERY ? null : id })}
        error={errorAt("service_id")}
      />
    </div>
  );
}
