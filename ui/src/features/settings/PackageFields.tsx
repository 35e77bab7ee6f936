import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton, MoneyField, NumberField, RadioGroup, Select } from "~/ui/primitives";
import { useDeskStatus, useServices } from "./api";
import s from "./Settings.module.css";
import { HOLDS, type PackageDraft, REFUNDS } from "./service";

interface PackageFieldsProps {
  draft: PackageDraft;
  /** The entry itself, which it cannot hold. */
  packageId: string;
  /** Only what bears the same VAT code can be held. */
  taxCode: string;
  errorAt: (field: string) => string | undefined;
  onChange: (next: Partial<PackageDraft>) => void;
}

const ONE_MORE = { service_id: null, quantity: "1" };

/** What a package holds, how long, and what is paid back of a rest. */
export function PackageFields(props: PackageFieldsProps) {
  const { draft, errorAt, onChange } = props;
  const { t } = useTranslation("settings");
  const currency = useDeskStatus().data?.school?.currency ?? "NOK";
  return (
    <>
      <RadioGroup
        label={t("package_holds")}
        value={draft.holds}
        options={HOLDS.map((id) => ({
          id,
          name: t(`holds_${id}`),
          detail: t(`holds_${id}_about`),
        }))}
        onChange={(holds) =>
          onChange({
            holds,
            items:
              holds === "lessons" && draft.items.length === 0
                ? [{ ...ONE_MORE, key: crypto.randomUUID(), quantity: "10" }]
                : draft.items,
          })
        }
      />
      {draft.holds === "lessons" && <Items {...props} />}
      {draft.holds === "amount" && (
        <MoneyField
          label={t("package_amount")}
          name="package.amount"
          isRequired
          currency={currency}
          value={draft.amount}
          onChange={(amount) => onChange({ amount })}
          hint={t("package_amount_hint")}
          error={errorAt("package.amount")}
        />
      )}
      {draft.holds !== "none" && (
        <div className={s.pair}>
          <NumberField
            label={t("valid_months")}
            name="package.valid_months"
            suffix={t("months")}
            value={draft.valid_months}
            onChange={(valid_months) => onChange({ valid_months })}
            hint={t("valid_months_hint")}
            error={errorAt("package.valid_months")}
          />
          <Select
            label={t("refund_rule")}
            name="package.refund"
            value={draft.refund}
            options={REFUNDS.map((id) => ({ id, name: t(`refund_${id}`) }))}
            onChange={(refund) => onChange({ refund })}
            error={errorAt("package.refund")}
          />
        </div>
      )}
    </>
  );
}

function Items({ draft, packageId, taxCode, errorAt, onChange }: PackageFieldsProps) {
  const { t } = useTranslation("settings");
  const all = useServices(false).data?.rows ?? [];
  const chosen = new Set(draft.items.map((item) => item.service_id));
  const fits = all.filter(
    (row) =>
      row.kind !== "package" &&
      row.id !== packageId &&
      (taxCode === "" || row.tax_code === taxCode || chosen.has(row.id)),
  );
  const set = (place: number, next: Partial<PackageDraft["items"][number]>) =>
    onChange({
      items: draft.items.map((item, at) => (at === place ? { ...item, ...next } : item)),
    });
  return (
    <fieldset className={s.choices}>
      <legend className="sr">{t("holds_lessons")}</legend>
      {draft.items.map((item, place) => (
        <div key={item.key} className={s.held}>
          <Select
            label={t("held_service", { number: place + 1 })}
            hideLabel
            name={`package.items.${place}.service_id`}
            placeholder={t("choose")}
            value={item.service_id}
            options={fits.map((row) => ({ id: row.id, name: `${row.code} ${row.name}` }))}
            onChange={(service_id) => set(place, { service_id })}
            error={errorAt(`package.items.${place}.service_id`)}
          />
          <NumberField
            label={t("held_quantity", { number: place + 1 })}
            hideLabel
            name={`package.items.${place}.quantity`}
            decimals={2}
            value={item.quantity}
            onChange={(quantity) => set(place, { quantity })}
            error={errorAt(`package.items.${place}.quantity`)}
          />
          <IconButton
            icon={X}
            size="small"
            label={t("held_remove", { number: place + 1 })}
            onPress={() => onChange({ items: draft.items.filter((_, at) => at !== place) })}
          />
        </div>
      ))}
      {errorAt("package.items") && <p className="fg-danger small">{errorAt("package.items")}</p>}
      <div className="row">
        <Button
          size="small"
          variant="quiet"
          icon={Plus}
          onPress={() =>
            onChange({ items: [...draft.items, { ...ONE_MORE, key: crypto.randomUUID() }] })
          }
        >
          {t("held_add")}
        </Button>
      </div>
    </fieldset>
  );
}
