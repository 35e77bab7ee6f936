import { useTranslation } from "react-i18next";
import type { Terms } from "~/ipc/gen/Terms";
import { Select } from "~/ui/primitives";
import { termsKey, termsWith } from "./terms";

/** Payment terms in words. */
export function useTermsText() {
  const { t } = useTranslation("payers");
  return ({ from, days }: Terms): string => {
    if (from === "end_of_month")
      return days === 0 ? t("terms_month") : t("terms_month_days", { count: days });
    return days === 0 ? t("terms_now") : t("terms_days", { count: days });
  };
}

interface TermsFieldProps {
  label: string;
  name?: string;
  value: Terms | null;
  /** Stands for no terms of one's own. */
  school?: Terms | undefined;
  /** What no terms mean, where it is not the school's. */
  none?: string;
  error?: string | undefined;
  /** There is no way to have none. */
  isRequired?: boolean;
  onChange: (terms: Terms | null) => void;
}

/** Payment terms out of the usual ones. */
export function TermsField(props: TermsFieldProps) {
  const { label, name, value, school, none, error, isRequired, onChange } = props;
  const { t } = useTranslation("payers");
  const text = useTermsText();
  const known = termsWith(value, school);
  const nothing = none ?? (school ? t("terms_school", { terms: text(school) }) : t("terms_none"));
  return (
    <Select
      label={label}
      name={name}
      value={value ? termsKey(value) : ""}
      options={[
        ...(isRequired ? [] : [{ id: "", name: nothing }]),
        ...known.map((terms) => ({ id: termsKey(terms), name: text(terms) })),
      ]}
      onChange={(key) => onChange(known.find((terms) => termsKey(terms) === key) ?? null)}
      error={error}
    />
  );
}
