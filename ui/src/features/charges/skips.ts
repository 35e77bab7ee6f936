import { i18n } from "~/i18n";

/** Why an invoice of a run is left out, in words: those of a run, or those of issuing by hand. */
export function whySkipped(code: string): string {
  for (const key of [`charges:skip_${code}`, `invoices:check_${code}`])
    if (i18n.exists(key)) return String(i18n.t(key as never));
  return i18n.t("charges:skip_other");
}
