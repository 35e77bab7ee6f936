import type { CreateSchool } from "~/ipc/gen/CreateSchool";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";

export type Draft = CreateSchool & { passphrase_again: string };

/** The parts of the set-up, in their order. */
export const STEPS = ["school", "numbering", "prices", "bank", "protection"] as const;
export type Step = (typeof STEPS)[number];

export const COUNTRIES = ["NO", "DE", "GB", "SE", "DK"] as const;
const PASSPHRASE_MIN = 10;

export function emptyDraft(status: DeskStatus): Draft {
  return {
    name: "",
    legal_name: "",
    org_number: "",
    vat_registered: true,
    address: { line1: "", line2: "", postal_code: "", city: "", country: "NO" },
    email: "",
    phone: "",
    bank_account: "",
    country: "NO",
    currency: "NOK",
    price_basis: "gross",
    language: "nb",
    terms_days: 14,
    invoice_prefix: "A-",
    first_invoice_number: 10001,
    protection: status.keychain_available ? "keychain" : "passphrase",
    passphrase: null,
    passphrase_again: "",
  };
}

/** Words for what a step still lacks, by the field it is about. Rust checks again. */
export type Problems = Partial<Record<string, "required" | "too_short" | "not_equal" | "number">>;

export function problemsOf(step: Step, draft: Draft): Problems {
  const problems: Problems = {};
  const need = (field: string, text: string) => {
    if (text.trim() === "") problems[field] = "required";
  };
  if (step === "school") {
    need("name", draft.name);
    need("legal_name", draft.legal_name);
    need("city", draft.address.city);
    if (draft.vat_registered) need("org_number", draft.org_number);
  }
  if (step === "numbering" && !(draft.first_invoice_number > 0)) {
    problems.first_invoice_number = "number";
  }
  if (step === "bank") need("bank_account", draft.bank_account);
  if (step === "protection" && draft.protection === "passphrase") {
    if ((draft.passphrase ?? "").length < PASSPHRASE_MIN) problems.passphrase = "too_short";
    else if (draft.passphrase !== draft.passphrase_again) problems.passphrase_again = "not_equal";
  }
  return problems;
}

export function requestOf({ passphrase_again: _, ...draft }: Draft): CreateSchool {
  return {
    ...draft,
    legal_name: draft.legal_name.trim() || draft.name,
    address: { ...draft.address, country: draft.country },
    passphrase: draft.protection === "passphrase" ? draft.passphrase : null,
  };
}
