import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { useDesk } from "~/ipc/desk";
import { Gain, Worth } from "~/ui/exchange/Worth";
import { rateText } from "~/ui/exchange/words";
import { usePreferences } from "~/ui/preferences";
import { MoneyField, NumberField, Select } from "~/ui/primitives";
import s from "./Payments.module.css";
import type { RecordForm } from "./useRecordForm";

/** As many as the backend keeps. */
const RATE_DECIMALS = 10;

/** What currency the money is in, where there are several; and what it is worth. */
export function Foreign({ form }: { form: RecordForm }) {
  const { t } = useTranslation("exchange");
  const { currency: school } = useDesk();
  const { currency, recording, change } = form;
  const known = recording.form?.currencies ?? [school];
  const choices = known.includes(currency) ? known : [...known, currency];
  if (choices.length < 2) return null;
  return (
    <div className={s.foreign}>
      <Select
        label={t("currency")}
        name="currency"
        value={currency}
        options={choices.map((id) => ({ id, name: id }))}
        onChange={(id) => change({ currency: id, base_amount: null, rate: null })}
      />
      {currency !== school && <WorthFields form={form} school={school} />}
    </div>
  );
}

/** What it came as, or the rate; nothing typed is the rate of the day. */
function WorthFields({ form, school }: { form: RecordForm; school: string }) {
  const { t } = useTranslation("exchange");
  const { language } = usePreferences();
  const { draft, recording, change, errorAt, money } = form;
  const { rate, rate_on } = recording.form ?? {};
  const ofDay =
    rate && rate_on
      ? t("rate_of_day", { rate: rateText(rate), day: formatDate(rate_on, "long", language) })
      : t("no_rate_of_day");
  const checked = money === null ? undefined : recording.checked;
  return (
    <>
      <MoneyField
        label={t("came_as")}
        name="base_amount"
        currency={school}
        value={draft.base_amount}
        onChange={(typed) => change(typed === null ? { base_amount: null } : said(typed))}
        error={errorAt("base_amount")}
      />
      <NumberField
        label={t("or_rate")}
        name="rate"
        suffix={school}
        decimals={RATE_DECIMALS}
        hint={ofDay}
        value={draft.rate}
        onChange={(typed) =>
          change(typed === null ? { rate: null } : { rate: typed, base_amount: null })
        }
        error={errorAt("rate")}
      />
      <p className={`${s.worth} ${recording.isStale ? s.stale : ""}`} aria-live="polite">
        <Worth of={checked?.base} />
        <Gain of={checked?.gain} />
      </p>
    </>
  );
}

/** The amount is the truth; a rate beside it would be another. */
const said = (base_amount: string) => ({ base_amount, rate: null });
