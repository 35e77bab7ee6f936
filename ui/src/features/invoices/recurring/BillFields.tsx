import { useTranslation } from "react-i18next";
import { Select, TextField } from "~/ui/primitives";
import { TermsField } from "~/ui/terms/TermsField";
import { useSchoolTables } from "../api";
import { CurrencyField, useCurrencies } from "../editor/CurrencyField";
import { DiscountField } from "../editor/DiscountField";
import { draftOf } from "./form";
import s from "./Recurring.module.css";
import type { FieldsProps } from "./ScheduleFields";

interface BillProps {
  currency: string;
  /** The currency of the books. */
  school: string;
  today: string;
}

/** What stands on each of its invoices besides the lines. */
export function BillFields({
  form,
  currency,
  school,
  today,
  errors,
  onChange,
}: FieldsProps & BillProps) {
  const { t } = useTranslation("recurring");
  const tables = useSchoolTables();
  const departments = tables?.departments ?? [];
  const draft = { ...draftOf(form, today), lines: form.lines };
  const isChoice = useCurrencies(draft, school).length > 1;
  return (
    <div className={s.fields}>
      <TermsField
        label={t("terms")}
        name="terms"
        isRequired
        value={form.terms}
        school={tables?.terms}
        onChange={(terms) => terms && onChange({ terms })}
      />
      <CurrencyField
        draft={draft}
        school={school}
        onChange={({ currency, lines }) => onChange({ currency, lines })}
      />
      <DiscountField
        value={form.discount}
        currency={currency}
        error={errors.discount}
        onChange={(discount) => onChange({ discount })}
      />
      <TextField
        label={t("reference")}
        value={form.reference}
        maxLength={80}
        onChange={(reference) => onChange({ reference })}
      />
      {departments.length > 0 ? (
        <Select
          label={t("department")}
          value={form.department_id ?? ""}
          options={[
            { id: "", name: t("department_of_student") },
            ...departments.map(({ id, name }) => ({ id, name })),
          ]}
          onChange={(id) => onChange({ department_id: id || null })}
        />
      ) : (
        <span />
      )}
      <div className={isChoice ? s.rest : s.chips}>
        <div className="grow">
          <TextField
            label={t("note")}
            value={form.note}
            maxLength={500}
            onChange={(note) => onChange({ note })}
          />
        </div>
      </div>
    </div>
  );
}
