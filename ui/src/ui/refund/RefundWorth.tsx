import { useTranslation } from "react-i18next";
import type { RefundFormView } from "~/ipc/gen/RefundFormView";
import { Worth } from "../exchange/Worth";
import { MoneyField, NumberField, Select } from "../primitives";
import s from "./Refund.module.css";
import type { Refunding } from "./RefundDialog";

/** As many as the backend keeps. */
const RATE_DECIMALS = 10;

/** Which credit is paid back where there is some in several currencies, and what left for it. */
export function RefundWorth({ refund, form }: { refund: Refunding; form: RefundFormView }) {
  const { t } = useTranslation("exchange");
  const { draft, change, refused, currency, school } = refund;
  return (
    <>
      {form.currencies.length > 1 && (
        <Select
          label={t("currency")}
          name="currency"
          value={currency}
          options={form.currencies.map((id) => ({ id, name: id }))}
          onChange={refund.choose}
        />
      )}
      {currency !== school && (
        <>
          <div className={s.pair}>
            <MoneyField
              label={t("left_as")}
              name="base_amount"
              currency={school}
              value={draft.base_amount}
              onChange={(base_amount) =>
                change(base_amount === null ? { base_amount } : { base_amount, rate: null })
              }
              error={refused.at.base_amount}
            />
            <NumberField
              label={t("or_rate")}
              name="rate"
              suffix={school}
              decimals={RATE_DECIMALS}
              value={draft.rate}
              onChange={(rate) => change(rate === null ? { rate } : { rate, base_amount: null })}
              error={refused.at.rate}
            />
          </div>
          {draft.base_amount === null && draft.rate === null && (
            <p>
              {form.base ? (
                <Worth of={form.base} />
              ) : (
                <span className="t2">{t("no_rate_of_day")}</span>
              )}
            </p>
          )}
        </>
      )}
    </>
  );
}
