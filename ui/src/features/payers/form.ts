import type { SavePayer } from "~/ipc/gen/SavePayer";

export const KINDS = ["guardian", "employer", "agency", "other"] as const;

/** Fields of the form, as a refusal of the backend names them. */
export const PAYER_FIELDS = [
  "kind",
  "number",
  "person.name",
  "person.email",
  "person.phone",
  "person.reach_by",
  "person.address.line1",
  "person.address.line2",
  "person.address.postal_code",
  "person.address.city",
  "org_number",
  "vat_number",
  "reference",
  "terms",
  "department_id",
];

/** The id is made here, so that pressing twice registers once. */
export const emptyPayer = (): SavePayer => ({
  id: crypto.randomUUID(),
  kind: "employer",
  number: "",
  department_id: null,
  person: {
    name: "",
    email: "",
    phone: "",
    address: { line1: "", line2: "", postal_code: "", city: "", country: "" },
    reach_by: null,
  },
  org_number: "",
  vat_number: "",
  reference: "",
  terms: null,
  active: true,
});
