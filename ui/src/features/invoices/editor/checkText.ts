import { useTranslation } from "react-i18next";
import type { IssueCheck } from "~/ipc/gen/IssueCheck";

/** A check in words: by its code, else by what it checks. */
export function useCheckText() {
  const { i18n, t } = useTranslation("invoices");
  return (check: IssueCheck): string => {
    const keys = [`invoices:check_${check.code}`, `invoices:check_${check.check}_${check.outcome}`];
    const key = keys.find((k) => i18n.exists(k));
    return key
      ? String(i18n.t(key as never, check.params as never))
      : t("check_other", { check: check.check });
  };
}
