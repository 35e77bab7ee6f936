import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import { useExchangeRates } from "~/ui/exchange/api";
import { Select, TextField } from "~/ui/primitives";
import { pricedIn } from "./currency";

interface CurrencyFieldProps {
  draft: DraftInput;
  /** The currency of the books. */
  school: string;
  onChange: (change: Partial<DraftInput>) => void;
}

/** What the invoice is in: a choice where another currency has a rate, else the way to set one. */
export function CurrencyField({ draft, school, onChange }: CurrencyFieldProps) {
  const { t } = useTranslation(["invoices", "exchange"]);
  const rates = useExchangeRates().data;
  const now = draft.currency ?? school;
  const known = rates?.currencies ?? [school];
  const choices = known.includes(now) ? known : [...known, now];
  if (choices.length < 2)
    return (
      <TextField
        label={t("currency")}
        name="currency"
        isReadOnly
        value={now}
        onChange={() => undefined}
        suffix={
          <Link to="/settings" search={{ tab: "exchange" }}>
            {t("exchange:another_currency")}
          </Link>
        }
      />
    );
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
