import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import type { Protection } from "~/ipc/gen/Protection";
import { Checkbox, NumberField, RadioGroup, Select, TextField } from "~/ui/primitives";
import { COUNTRIES, type Draft, type Problems, type Step } from "./form";
import s from "./Start.module.css";
import { VatTable } from "./VatTable";

interface StepProps {
  draft: Draft;
  status: DeskStatus;
  problems: Problems;
  onChange: (change: Partial<Draft>) => void;
}

const PARTS: Record<Step, (props: StepProps) => React.ReactNode> = {
  school: SchoolFields,
  numbering: NumberingFields,
  prices: PriceFields,
  bank: BankFields,
  protection: ProtectionFields,
};

export function StepFields({ step, ...props }: StepProps & { step: Step }) {
  const Part = PARTS[step];
  return (
    <div className={s.fields}>
      <Part {...props} />
    </div>
  );
}

function wordsFor(problems: Problems, t: TFunction<"start">) {
  return (field: string) => {
    const problem = problems[field];
    return problem && t(`problem_${problem}`);
  };
}

function SchoolFields({ draft, problems, onChange }: StepProps) {
  const { t } = useTranslation("start");
  const error = wordsFor(problems, t);
  const address = (change: Partial<Draft["address"]>) =>
    onChange({ address: { ...draft.address, ...change } });
  const text = (field: "name" | "legal_name" | "org_number" | "email" | "phone") => ({
    label: t(field),
    name: field,
    value: draft[field],
    error: error(field),
    onChange: (value: string) => onChange({ [field]: value }),
  });
  return (
    <>
      <div className={s.pair}>
        <TextField {...text("name")} isRequired autoFocus />
        <TextField {...text("legal_name")} isRequired hint={t("legal_name_hint")} />
      </div>
      <div className={s.pair}>
        <Select
          label={t("country")}
          value={draft.country}
          options={COUNTRIES.map((id) => ({ id, name: t(`country_${id}`) }))}
          onChange={(country) => onChange({ country })}
        />
        <TextField {...text("org_number")} isRequired={draft.vat_registered} isNumeric />
      </div>
      <TextField
        label={t("line1")}
        value={draft.address.line1}
        onChange={(line1) => address({ line1 })}
      />
      <div className={s.postal}>
        <TextField
          label={t("postal_code")}
          value={draft.address.postal_code}
          isNumeric
          onChange={(postal_code) => address({ postal_code })}
        />
        <TextField
          label={t("city")}
          name="city"
          isRequired
          value={draft.address.city}
          error={error("city")}
          onChange={(city) => address({ city })}
        />
      </div>
      <div className={s.pair}>
        <TextField {...text("email")} type="email" />
        <TextField {...text("phone")} type="tel" />
      </div>
    </>
  );
}

function NumberingFields({ draft, problems, onChange }: StepProps) {
  const { t } = useTranslation("start");
  const error = wordsFor(problems, t);
  return (
    <div className={s.triple}>
      <TextField
        label={t("invoice_prefix")}
        hint={t("invoice_prefix_hint")}
        value={draft.invoice_prefix}
        maxLength={8}
        onChange={(invoice_prefix) => onChange({ invoice_prefix })}
      />
      <NumberField
        label={t("first_invoice_number")}
        value={draft.first_invoice_number > 0 ? String(draft.first_invoice_number) : null}
        error={error("first_invoice_number")}
        onChange={(value) => onChange({ first_invoice_number: Number.parseInt(value ?? "0", 10) })}
      />
      <NumberField
        label={t("terms_days")}
        value={String(draft.terms_days)}
        suffix={t("days")}
        onChange={(value) => onChange({ terms_days: Number.parseInt(value ?? "0", 10) })}
      />
    </div>
  );
}

function PriceFields({ draft, onChange }: StepProps) {
  const { t } = useTranslation("start");
  return (
    <>
      <RadioGroup
        label={t("price_basis")}
        hideLabel
        look="cards"
        value={draft.price_basis}
        onChange={(price_basis) => onChange({ price_basis })}
        options={[
          { id: "gross", name: t("prices_gross"), detail: t("prices_gross_detail") },
          { id: "net", name: t("prices_net"), detail: t("prices_net_detail") },
        ]}
      />
      <Checkbox
        isSelected={draft.vat_registered}
        onChange={(vat_registered) => onChange({ vat_registered })}
      >
        {t("vat_registered")}
      </Checkbox>
      <VatTable country={draft.country} onDefaults={onChange} />
    </>
  );
}

function BankFields({ draft, problems, onChange }: StepProps) {
  const { t } = useTranslation("start");
  return (
    <TextField
      label={t("bank_account")}
      name="bank_account"
      isRequired
      isNumeric
      autoFocus
      hint={draft.country === "NO" ? t("bank_hint_kid") : t("bank_hint")}
      value={draft.bank_account}
      error={wordsFor(problems, t)("bank_account")}
      onChange={(bank_account) => onChange({ bank_account })}
    />
  );
}

function ProtectionFields({ draft, status, problems, onChange }: StepProps) {
  const { t } = useTranslation("start");
  const error = wordsFor(problems, t);
  return (
    <>
      <RadioGroup<Protection>
        label={t("step_protection")}
        hideLabel
        look="cards"
        value={draft.protection}
        onChange={(protection) => onChange({ protection })}
        options={[
          {
            id: "keychain",
            name: t("protection_keychain"),
            detail: t(status.keychain_available ? "keychain_detail" : "keychain_missing"),
            isDisabled: !status.keychain_available,
          },
          { id: "passphrase", name: t("protection_passphrase"), detail: t("passphrase_detail") },
        ]}
      />
      {draft.protection === "passphrase" && (
        <div className={s.pair}>
          <TextField
            label={t("passphrase")}
            name="passphrase"
            type="password"
            isRequired
            hint={t("passphrase_hint")}
            value={draft.passphrase ?? ""}
            error={error("passphrase")}
            onChange={(passphrase) => onChange({ passphrase })}
          />
          <TextField
            label={t("passphrase_again")}
            name="passphrase_again"
            type="password"
            isRequired
            value={draft.passphrase_again}
            error={error("passphrase_again")}
            onChange={(passphrase_again) => onChange({ passphrase_again })}
          />
        </div>
      )}
    </>
  );
}
