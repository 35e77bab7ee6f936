import { useTranslation } from "react-i18next";
import type { DiscountInput } from "~/ipc/gen/DiscountInput";
import { MoneyField, NumberField, Select } from "~/ui/primitives";
import s from "./Editor.module.css";

interface DiscountFieldProps {
  value: DiscountInput | null;
  currency: string;
  error?: string;
  onChange: (discount: DiscountInput) => void;
}

/** What is taken off the whole document: percent, or an amount. */
export function DiscountField({ value: given, currency, error, onChange }: DiscountFieldProps) {
  const { t } = useTranslation("invoices");
  const kind = given?.kind ?? "percent";
  const value = given?.value ? given.value : null;
  const set = (next: { kind?: string; value?: string | null }) =>
    onChange({ kind: next.kind ?? kind, value: next.value ?? "" });
  return (
    <div className={s.discount}>
      {kind === "amount" ? (
        <MoneyField
          label={t("discount_label")}
          name="discount"
          currency={currency}
          hideCurrency
          value={value}
          error={error}
          onChange={(typed) => set({ value: typed })}
        />
      ) : (
        <NumberField
          label={t("discount_label")}
          name="discount"
          decimals={2}
          value={value}
          error={error}
          onChange={(typed) => set({ value: typed })}
        />
      )}
      <Select
        label={t("discount_kind")}
        value={kind}
        options={[
          { id: "percent", name: "%" },
          { id: "amount", name: currency },
        ]}
        onChange={(next) => set({ kind: next, value: null })}
      />
    </div>
  );
}
