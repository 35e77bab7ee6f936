import { i18n } from "~/i18n";

/** What an entry stands for; of a cause this window does not know, the cause. */
export const causeWord = (cause: string): string => {
  const key = `ledger:cause_${cause}`;
  return i18n.exists(key) ? String(i18n.t(key as never)) : cause;
};
