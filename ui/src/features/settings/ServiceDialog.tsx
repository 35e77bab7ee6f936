import { useState } from "react";
import { useTranslation } from "react-i18next";
import { UNIT_PRICE_DECIMALS } from "~/domain/money";
import { codesOn } from "~/domain/taxCodes";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import { Checkbox, FormDialog, MoneyField, Select, TextField, toast } from "~/ui/primitives";
import { useDeskStatus, useSaveService, useTables } from "./api";
import { PackageFields } from "./PackageFields";
import s from "./Settings.module.css";
import {
  draftOf,
  FIELDS,
  KINDS,
  missingOf,
  packageFields,
  packageRequest,
  type ServiceDraft,
} from "./service";

interface ServiceDialogProps {
  /** Null for a new one. */
  service: ServiceRow | null;
  onClose: () => void;
}

/** One entry of the price list. Documents that are issued keep their prices. */
export function ServiceDialog({ service, onClose }: ServiceDialogProps) {
  const { t } = useTranslation("settings");
  const [draft, setDraft] = useState(() => draftOf(service, crypto.randomUUID()));
  const [wasTried, setTried] = useState(false);
  const save = useSaveService();
  const refused = fieldFaults(save.error, [...FIELDS, ...packageFields(draft.package)]);
  const missing = missingOf(draft);
  const errorAt = (field: string) =>
    wasTried && missing.includes(field) ? t(`need_${field as "code"}`) : refused.at[field];

  function submit() {
    setTried(true);
    if (missing.length > 0) return;
    save.mutate(
      {
        ...draft,
        unit_price: draft.unit_price ?? "",
        package: packageRequest(draft.kind, draft.package),
      },
      {
        onSuccess: (saved) => {
          toast({ text: t("price_saved", { name: saved.name }) });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={service ? t("change_price", { name: service.name }) : t("new_price")}
      verb={t("save_price")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      {service && <p className="t2">{t("price_note")}</p>}
      <ServiceFields
        draft={draft}
        errorAt={errorAt}
        onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
      />
    </FormDialog>
  );
}

interface ServiceFieldsProps {
  draft: ServiceDraft;
  errorAt: (field: string) => string | undefined;
  onChange: (next: Partial<ServiceDraft>) => void;
}

function ServiceFields({ draft, errorAt, onChange }: ServiceFieldsProps) {
  const { t } = useTranslation("settings");
  const school = useDeskStatus().data?.school;
  const { today } = useDesk();
  const known = codesOn(useTables().data?.tax_codes ?? [], today);
  const isGross = school?.price_basis !== "net";
  const text = (field: "code" | "name" | "income_account") => ({
    name: field,
    value: draft[field],
    error: errorAt(field),
    onChange: (value: string) => onChange({ [field]: value }),
  });
  return (
    <>
      <div className={s.codeAndName}>
        <TextField {...text("code")} label={t("code")} isRequired isNumeric autoFocus />
        <TextField {...text("name")} label={t("name")} isRequired maxLength={500} />
      </div>
      <div className={s.pair}>
        <MoneyField
          label={t(isGross ? "price_gross" : "price_net")}
          name="unit_price"
          isRequired
          allowNegative
          decimals={UNIT_PRICE_DECIMALS}
          currency={school?.currency ?? "NOK"}
          value={draft.unit_price}
          onChange={(unit_price) => onChange({ unit_price })}
          error={errorAt("unit_price")}
        />
        <Select
          label={t("vat_code")}
          name="tax_code"
          isRequired
          value={draft.tax_code || null}
          placeholder={t("choose")}
          options={known.map(({ code, name }) => ({ id: code, name, meta: code }))}
          onChange={(tax_code) => onChange({ tax_code })}
          error={errorAt("tax_code")}
        />
      </div>
      <div className={s.pair}>
        <Select
          label={t("kind")}
          name="kind"
          value={draft.kind}
          options={KINDS.map((id) => ({ id, name: t(`kind_${id}`) }))}
          onChange={(kind) => onChange({ kind })}
          error={errorAt("kind")}
        />
        <TextField {...text("income_account")} label={t("account")} isNumeric />
      </div>
      {draft.kind === "package" && (
        <PackageFields
          draft={draft.package}
          packageId={draft.id}
          taxCode={draft.tax_code}
          errorAt={errorAt}
          onChange={(next) => onChange({ package: { ...draft.package, ...next } })}
        />
      )}
      <Checkbox isSelected={draft.active} onChange={(active) => onChange({ active })}>
        {t("offered")}
      </Checkbox>
    </>
  );
}
