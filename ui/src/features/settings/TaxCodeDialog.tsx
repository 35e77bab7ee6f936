import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { TaxCodeView } from "~/ipc/gen/TaxCodeView";
import { useRpcMutation } from "~/ipc/hooks";
import { DateField, FormDialog, NumberField, Select, TextField, toast } from "~/ui/primitives";
import s from "./Settings.module.css";
import { CATEGORIES, needsReason } from "./vat";

interface TaxCodeDialogProps {
  /** The entry it begins from; null for a code of its own. */
  tax: TaxCodeView | null;
  onClose: () => void;
}

const FIELDS = ["code", "name", "category", "rate", "reason", "valid_from"];

const draftOf = (tax: TaxCodeView | null, today: string) => ({
  code: tax?.code ?? "",
  name: tax?.name ?? "",
  category: tax?.category ?? "S",
  rate: (tax?.rate ?? null) as string | null,
  reason: tax?.reason ?? "",
  valid_from: tax?.valid_from ?? today,
});
type Draft = ReturnType<typeof draftOf>;

/** What a code means from a day on. Documents that are issued keep what they say. */
export function TaxCodeDialog({ tax, onClose }: TaxCodeDialogProps) {
  const { t } = useTranslation("settings");
  const { today } = useDesk();
  const [draft, setDraft] = useState(() => draftOf(tax, today));
  const [wasTried, setTried] = useState(false);
  const save = useRpcMutation("save_tax_code");
  const refused = fieldFaults(save.error, FIELDS);
  const isMissing = draft.code.trim() === "" || draft.name.trim() === "" || draft.rate === null;

  function submit() {
    setTried(true);
    if (isMissing) return;
    const reason = needsReason(draft.category) ? draft.reason : null;
    save.mutate(
      { ...draft, rate: draft.rate ?? "", reason },
      {
        onSuccess: () => {
          toast({ text: t("rate_saved", { code: draft.code.trim() }) });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={tax ? t("change_rate", { code: tax.code }) : t("new_rate")}
      verb={t("save")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <p className="t2">{t("rate_note")}</p>
      <TaxFields
        draft={draft}
        isNew={tax === null}
        errorAt={(field, value) => (wasTried && !value ? t("need_this") : refused.at[field])}
        onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
      />
    </FormDialog>
  );
}

interface TaxFieldsProps {
  draft: Draft;
  isNew: boolean;
  errorAt: (field: string, value: string | null) => string | undefined;
  onChange: (next: Partial<Draft>) => void;
}

function TaxFields({ draft, isNew, errorAt, onChange }: TaxFieldsProps) {
  const { t } = useTranslation("settings");
  const { today } = useDesk();
  return (
    <>
      <div className={s.codeAndName}>
        <TextField
          label={t("vat_code")}
          name="code"
          isRequired
          isReadOnly={!isNew}
          autoFocus={isNew}
          maxLength={20}
          value={draft.code}
          onChange={(code) => onChange({ code })}
          error={errorAt("code", draft.code.trim())}
        />
        <TextField
          label={t("name")}
          name="name"
          isRequired
          maxLength={60}
          value={draft.name}
          onChange={(name) => onChange({ name })}
          error={errorAt("name", draft.name.trim())}
        />
      </div>
      <div className={s.pair}>
        <NumberField
          label={t("rate")}
          name="rate"
          isRequired
          suffix="%"
          decimals={2}
          value={draft.rate}
          onChange={(rate) => onChange({ rate })}
          error={errorAt("rate", draft.rate)}
        />
        <DateField
          label={t("valid_from")}
          name="valid_from"
          isRequired
          today={today}
          value={draft.valid_from}
          onChange={(day) => day && onChange({ valid_from: day })}
          error={errorAt("valid_from", draft.valid_from)}
        />
      </div>
      <Select
        label={t("category")}
        name="category"
        value={draft.category}
        options={CATEGORIES.map((id) => ({ id, name: t(`category_${id}`), meta: id }))}
        onChange={(category) => onChange({ category })}
        error={errorAt("category", draft.category)}
      />
      {needsReason(draft.category) && (
        <TextField
          label={t("printed_reason")}
          name="reason"
          isRequired
          maxLength={200}
          value={draft.reason}
          onChange={(reason) => onChange({ reason })}
          error={errorAt("reason", draft.reason.trim())}
        />
      )}
    </>
  );
}
