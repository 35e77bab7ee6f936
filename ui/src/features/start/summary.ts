import type { TFunction } from "i18next";
import type { Draft, Step } from "./form";

/** A done step in one line. */
export function stepSummary(step: Step, draft: Draft, t: TFunction<"start">): string {
  const said = (...parts: string[]) => parts.filter((part) => part.trim() !== "").join(" · ");
  switch (step) {
    case "school":
      return said(draft.legal_name || draft.name, draft.org_number, draft.address.city);
    case "numbering":
      return t("numbering_summary", {
        number: `${draft.invoice_prefix}${draft.first_invoice_number}`,
        days: draft.terms_days,
      });
    case "prices":
      return said(
        t(draft.price_basis === "gross" ? "prices_gross" : "prices_net"),
        draft.currency,
        t(draft.vat_registered ? "vat_registered" : "vat_not_registered"),
      );
    case "bank":
      return draft.bank_account;
    case "protection":
      return t(`protection_${draft.protection}`);
  }
}
