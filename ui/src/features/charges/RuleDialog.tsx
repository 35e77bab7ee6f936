import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import { DateField, FormDialog, MoneyField, NumberField, Select, toast } from "~/ui/primitives";
import { useSaveRule, useServices, useStatus } from "./api";
import { KINDS } from "./routes";

const EFFECTS = ["full", "percent", "fee", "nothing"] as const;
const FIELDS = ["event", "service_id", "valid_from", "effect", "percent", "fee"];
const ALL = "all";

interface RuleForm {
  event: string;
  service: string;
  validFrom: string | null;
  effect: string;
  percent: string | null;
  fee: string | null;
}

const USUAL: RuleForm = {
  event: "cancelled_late",
  service: ALL,
  validFrom: null,
  effect: "percent",
  percent: "50",
  fee: null,
};

/** A rule from a day on. What was charged before stays as it is. */
export function RuleDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("charges");
  const today = useStatus()?.today ?? null;
  const save = useSaveRule();
  const refused = fieldFaults(save.error, FIELDS);
  const [typed, setTyped] = useState(USUAL);
  const form = { ...typed, validFrom: typed.validFrom ?? today };
  function submit() {
    save.mutate(
      {
        event: form.event,
        service_id: form.service === ALL ? null : form.service,
        valid_from: form.validFrom ?? "",
        effect: form.effect,
        percent: (form.effect === "percent" && form.percent) || "",
        fee: (form.effect === "fee" && form.fee) || "",
      },
      {
        onSuccess: () => {
          toast({ text: t("rule_saved") });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={t("new_rule")}
      verb={t("save_rule")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <RuleFields
        form={form}
        errorAt={(field) => refused.at[field]}
        onChange={(change) => setTyped((before) => ({ ...before, ...change }))}
      />
      <p className="t2 small">{t("rule_note")}</p>
    </FormDialog>
  );
}

interface RuleFieldsProps {
  form: RuleForm;
  errorAt: (field: string) => string | undefined;
  onChange: (change: Partial<RuleForm>) => void;
}

function RuleFields({ form, errorAt, onChange }: RuleFieldsProps) {
  const { t } = useTranslation("charges");
  const services = useServices();
  return (
    <>
      <Select
        label={t("event")}
        name="event"
        value={form.event}
        options={KINDS.map((id) => ({ id, name: t(`kind_${id}`) }))}
        onChange={(event) => onChange({ event })}
        error={errorAt("event")}
      />
      <Select
        label={t("service")}
        name="service_id"
        value={form.service}
        options={[
          { id: ALL, name: t("every_service") },
          ...services.map(({ id, name, code }) => ({ id, name, meta: code })),
        ]}
        onChange={(service) => onChange({ service })}
        error={errorAt("service_id")}
      />
      <DateField
        label={t("valid_from")}
        name="valid_from"
        isRequired
        value={form.validFrom}
        onChange={(validFrom) => onChange({ validFrom })}
        error={errorAt("valid_from")}
      />
      <Select
        label={t("costs")}
        name="effect"
        value={form.effect}
        options={EFFECTS.map((id) => ({ id, name: t(`effect_${id}`) }))}
        onChange={(effect) => onChange({ effect })}
        error={errorAt("effect")}
      />
      <EffectField form={form} errorAt={errorAt} onChange={onChange} />
    </>
  );
}

/** How much: only asked where the price of the service does not say it. */
function EffectField({ form, errorAt, onChange }: RuleFieldsProps) {
  const { t } = useTranslation("charges");
  const currency = useStatus()?.school?.currency ?? "NOK";
  if (form.effect === "percent")
    return (
      <NumberField
        label={t("percent")}
        name="percent"
        suffix="%"
        decimals={2}
        isRequired
        value={form.percent}
        onChange={(percent) => onChange({ percent })}
        error={errorAt("percent")}
      />
    );
  if (form.effect !== "fee") return null;
  return (
    <MoneyField
      label={t("fee")}
      name="fee"
      isRequired
      currency={currency}
      value={form.fee}
      onChange={(fee) => onChange({ fee })}
      error={errorAt("fee")}
    />
  );
}
