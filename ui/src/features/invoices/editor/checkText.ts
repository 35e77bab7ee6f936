import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import { rateText } from "~/ui/exchange/words";
import { usePreferences } from "~/ui/preferences";

/** A check in words: by its code, else by what it checks. */
export function useCheckText() {
  const { i18n, t } = useTranslation("invoices");
  const { language } = usePreferences();
  /** Rates and days as people read them. */
  function paramsOf({ check, params }: IssueCheck) {
    if (check !== "exchange") return params;
    const { rate, on } = params;
    return {
      ...params,
      ...(rate ? { rate: rateText(rate) } : {}),
      ...(on ? { on: formatDate(on, "long", language) } : {}),
    };
  }
  return (check: IssueCheck): string => {
    const keys = [`invoices:check_${check.code}`, `invoices:check_${check.check}_${check.outcome}`];
    const key = keys.find((k) => i18n.exists(k));
    return key
      ? String(i18n.t(key as never, paramsOf(check) as never))
      : t("check_other", { check: check.check });
  };
}
