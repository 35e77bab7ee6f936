import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { PaymentMethodView } from "~/ipc/gen/PaymentMethodView";
import {
  Checkbox,
  FormDialog,
  MoneyField,
  Note,
  NumberField,
  Select,
  TextField,
  toast,
} from "~/ui/primitives";
import { useSaveMethod, useServices } from "./api";
import {
  codeOf,
  METHOD_FIELDS,
  type MethodDraft,
  methodDraft,
  methodRequest,
  missingInMethod,
} from "./method";
import s from "./Settings.module.css";

interface MethodDialogProps {
  /** Null for a new one. */
  method: PaymentMethodView | null;
  onClose: () => void;
}

/** One way to pay. What was received by it keeps its name in the books. */
export function MethodDialog({ method, onClose }: MethodDialogProps) {
  const { t } = useTranslation("settings");
  const isNew = method === null;
  const [draft, setDraft] = useState(() => methodDraft(method));
  const [wasTried, setTried] = useState(false);
  const save = useSaveMethod();
  const refused = fieldFaults(save.error, METHOD_FIELDS);
  const missing = missingInMethod(draft);
  const errorAt = (field: string) =>
    wasTried && missing.includes(field) ? t("need_this") : refused.at[field];
  const change = (next: Partial<MethodDraft>) => setDraft((before) => ({ ...before, ...next }));

  function submit() {
    setTried(true);
    if (missing.length > 0) return;
    save.mutate(methodRequest(draft, isNew), {
      onSuccess: () => {
        toast({ text: t("method_saved", { name: draft.name.trim() }) });
        onClose();
      },
    });
  }
  return (
    <FormDialog
      title={isNew ? t("new_method") : t("change_method", { name: method.name })}
      verb={t("save")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <TextField
        label={t("name")}
        name="name"
        isRequired
        autoFocus
        maxLength={60}
        value={draft.name}
        // A new one gets the code its name suggests, until a code is written.
        onChange={(name) =>
          change(
            isNew && draft.code === codeOf(draft.name) ? { name, code: codeOf(name) } : { name },
          )
        }
        error={errorAt("name")}
      />
      <div className={s.pair}>
        <TextField
          label={t("code")}
          name="code"
          isRequired
          isNumeric
          isReadOnly={!isNew}
          maxLength={20}
          value={draft.code}
          onChange={(code) => change({ code })}
          error={errorAt("code")}
        />
        <TextField
          label={t("account")}
          name="account"
          isNumeric
          maxLength={20}
          value={draft.account}
          onChange={(account) => change({ account })}
          error={errorAt("account")}
        />
      </div>
      <Checkbox isSelected={draft.active} onChange={(active) => change({ active })}>
        {t("method_active")}
      </Checkbox>
      {refused.at.active && <Note tone="danger" title={refused.at.active} />}
      <Checkbox isSelected={draft.costs} onChange={(costs) => change({ costs })}>
        {t("method_costs")}
      </Checkbox>
      {draft.costs && <SurchargeFields draft={draft} errorAt={errorAt} onChange={change} />}
    </FormDialog>
  );
}

interface SurchargeFieldsProps {
  draft: MethodDraft;
  errorAt: (field: string) => string | undefined;
  onChange: (next: Partial<MethodDraft>) => void;
}

function SurchargeFields({ draft, errorAt, onChange }: SurchargeFieldsProps) {
  const { t } = useTranslation("settings");
  const { currency } = useDesk();
  const fees = (useServices(false).data?.rows ?? []).filter((row) => row.kind === "fee");
  return (
    <>
      <div className={s.pair}>
        <NumberField
          label={t("surcharge_percent")}
          name="surcharge.percent"
          suffix="%"
          decimals={2}
          value={draft.percent}
          onChange={(percent) => onChange({ percent })}
          error={errorAt("surcharge.percent")}
        />
        <MoneyField
          label={t("surcharge_fixed")}
          name="surcharge.fixed"
          currency={currency}
          value={draft.fixed}
          onChange={(fixed) => onChange({ fixed })}
          error={errorAt("surcharge.fixed")}
        />
      </div>
      <Select
        label={t("surcharge_service")}
        name="surcharge.service_id"
        isRequired
        value={draft.service_id}
        placeholder={t(fees.length === 0 ? "surcharge_no_fee" : "choose")}
        options={fees.map(({ id, code, name }) => ({ id, name, meta: code }))}
        onChange={(service_id) => onChange({ service_id })}
        error={errorAt("surcharge.service_id")}
      />
      <Note tone="info">{t("surcharge_law")}</Note>
    </>
  );
}
