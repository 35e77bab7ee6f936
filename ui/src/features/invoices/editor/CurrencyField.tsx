import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import { useExchangeRates } from "~/ui/exchange/api";
import { Select } from "~/ui/primitives";
import { pricedIn } from "./currency";

interface CurrencyFieldProps {
  draft: DraftInput;
  /** The currency of the books. */
  school: string;
  onChange: (change: Partial<DraftInput>) => void;
}

/** What a draft may be in: the currency of the books, those with a rate, and its own. */
export function useCurrencies(draft: DraftInput, school: string): readonly string[] {
  const known = useExchangeRates().data?.currencies ?? [school];
  const now = draft.currency ?? school;
  return known.includes(now) ? known : [...known, now];
}

/** What the invoice is in; lines of the price list follow with their prices. */
export function CurrencyField({ draft, school, onChange }: CurrencyFieldProps) {
  const { t } = useTranslation("invoices");
  const choices = useCurrencies(draft, school);
  if (choices.length < 2) return null;
  const now = draft.currency ?? school;
  async function choose(id: string) {
    const currency = id === school ? null : id;
    onChange({ currency, lines: await pricedIn({ ...draft, currency }, draft.lines) });
  }
  return (
    <Select
      label={t("currency")}
      name="currency"
      value={now}
      options={choices.map((id) => ({ id, name: id }))}
      onChange={(id) => id !== now && void choose(id)}
    />
  );
}

/** Where no other currency has a rate: the way to set one. */
export function CurrencyLink({ draft, school }: Pick<CurrencyFieldProps, "draft" | "school">) {
  const { t } = useTranslation("exchange");
  if (useCurrencies(draft, school).length > 1) return null;
  return (
    <Link to="/settings" search={{ tab: "exchange" }} className="small">
      {t("another_currency")}
    </Link>
  );
}
