import type { SaveService } from "~/ipc/gen/SaveService";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";

export const KINDS = ["lesson", "package", "material", "fee", "pass_through"] as const;
export type Kind = (typeof KINDS)[number];

/** Fields of the form, as a refusal of the backend names them. */
export const FIELDS = ["code", "name", "kind", "unit_price", "tax_code", "income_account"] as const;

/** An entry of the price list being written; a price that cannot be read is null. */
export type ServiceDraft = Omit<SaveService, "unit_price" | "kind"> & {
  kind: Kind;
  unit_price: string | null;
};

export function draftOf(service: ServiceRow | null, id: string): ServiceDraft {
  if (service === null)
    return {
      id,
      code: "",
      name: "",
      kind: "lesson",
      unit_price: null,
      tax_code: "",
      income_account: "",
      active: true,
    };
  const { code, name, unit_price, tax_code, income_account, active } = service;
  const kind = KINDS.find((known) => known === service.kind) ?? "lesson";
  return { id: service.id, code, name, kind, unit_price, tax_code, income_account, active };
}

/** What is missing, by field. The backend checks again. */
export function missingOf(draft: ServiceDraft): readonly string[] {
  const missing: string[] = [];
  if (draft.code.trim() === "") missing.push("code");
  if (draft.name.trim() === "") missing.push("name");
  if (draft.unit_price === null) missing.push("unit_price");
  if (draft.tax_code === "") missing.push("tax_code");
  return missing;
}
