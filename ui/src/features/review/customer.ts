/* What of a customer can be mended where it was refused: how it is reached and what it is called. */

import { payerForm } from "~/domain/payers";
import type { PayerView } from "~/ipc/gen/PayerView";
import type { Person } from "~/ipc/gen/Person";
import type { SavePayer } from "~/ipc/gen/SavePayer";
import type { StudentView } from "~/ipc/gen/StudentView";

/** A customer as it is to be, for the record that was refused. */
export type CustomerDraft =
  | { record: string; kind: "student"; id: string; person: Person }
  | { record: string; kind: "payer"; id: string; person: Person; form: SavePayer };

export const studentDraft = (record: string, student: StudentView): CustomerDraft => ({
  record,
  kind: "student",
  id: student.id,
  person: student.person,
});

export const payerDraft = (record: string, payer: PayerView): CustomerDraft => ({
  record,
  kind: "payer",
  id: payer.row.id,
  person: payer.person,
  form: payerForm(payer),
});

/** Fields that are offered, in their order; the numbers only of a payer. */
export const PERSON_FIELDS = ["name", "email", "phone"] as const;
export const ADDRESS_FIELDS = ["line1", "postal_code", "city"] as const;
export const PAYER_FIELDS = ["org_number", "vat_number"] as const;
export type CustomerField =
  | (typeof PERSON_FIELDS)[number]
  | (typeof ADDRESS_FIELDS)[number]
  | (typeof PAYER_FIELDS)[number];

/** Parts of the names that systems give their fields, the finer before the coarser. */
const NAMED: readonly (readonly [RegExp, CustomerField])[] = [
  [/mail/i, "email"],
  [/phone|mobile|fax/i, "phone"],
  [/post(al)?_?code|zip/i, "postal_code"],
  [/city|town/i, "city"],
  [/tax|vat/i, "vat_number"],
  [/company_?number|registration/i, "org_number"],
  [/addr|line_?1|street/i, "line1"],
  [/name/i, "name"],
];

/** Which of ours a field of theirs is, by its name; nothing where that does not tell. */
export const ownField = (theirs: string | undefined): CustomerField | undefined =>
  theirs ? NAMED.find(([pattern]) => pattern.test(theirs))?.[1] : undefined;

export function writtenIn(draft: CustomerDraft, field: CustomerField): string {
  switch (field) {
    case "name":
    case "email":
    case "phone":
      return draft.person[field];
    case "line1":
    case "postal_code":
    case "city":
      return draft.person.address[field];
    default:
      return draft.kind === "payer" ? draft.form[field] : "";
  }
}

/** The same customer with one field written anew. */
export function withValue(
  draft: CustomerDraft,
  field: CustomerField,
  value: string,
): CustomerDraft {
  switch (field) {
    case "name":
    case "email":
    case "phone":
      return { ...draft, person: { ...draft.person, [field]: value } };
    case "line1":
    case "postal_code":
    case "city": {
      const address = { ...draft.person.address, [field]: value };
      return { ...draft, person: { ...draft.person, address } };
    }
    default:
      return draft.kind === "payer" ? { ...draft, form: { ...draft.form, [field]: value } } : draft;
  }
}

/** What is told to the backend of a payer: the whole of it, with what was written here. */
export const payerOf = (draft: Extract<CustomerDraft, { kind: "payer" }>): SavePayer => ({
  ...draft.form,
  person: draft.person,
});
