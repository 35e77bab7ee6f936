import type { PackageInput } from "~/ipc/gen/PackageInput";
import type { PackageView } from "~/ipc/gen/PackageView";
import type { SaveService } from "~/ipc/gen/SaveService";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";

export const KINDS = ["lesson", "package", "material", "fee", "pass_through"] as const;
export type Kind = (typeof KINDS)[number];

/** Fields of the form, as a refusal of the backend names them. */
export const FIELDS = ["code", "name", "kind", "unit_price", "tax_code", "income_account"] as const;

/** Fields of what a package holds, as a refusal names them. */
export const packageFields = (draft: PackageDraft): string[] => [
  "package.items",
  "package.amount",
  "package.valid_months",
  "package.refund",
  ...draft.items.flatMap((_, place) => [
    `package.items.${place}.service_id`,
    `package.items.${place}.quantity`,
  ]),
];

export const HOLDS = ["none", "lessons", "amount"] as const;
export const REFUNDS = ["pro_rata", "less_list_price", "nothing"] as const;

/** What a package holds, being written. */
export interface PackageDraft {
  holds: (typeof HOLDS)[number];
  items: { key: string; service_id: string | null; quantity: string | null }[];
  amount: string | null;
  /** Empty: without end. */
  valid_months: string | null;
  refund: (typeof REFUNDS)[number];
}

export function packageDraft(view: PackageView | null): PackageDraft {
  return {
    holds: HOLDS.find((known) => known === view?.holds) ?? "none",
    items: (view?.items ?? []).map(({ service_id, quantity }) => ({
      key: service_id,
      service_id,
      quantity,
    })),
    amount: view?.amount?.amount ?? null,
    valid_months: view === null ? "12" : (view.valid_months?.toString() ?? null),
    refund: REFUNDS.find((known) => known === view?.refund) ?? "pro_rata",
  };
}

/** What is sent; nothing where the entry is sold as it is and never drawn down. */
export function packageRequest(kind: Kind, draft: PackageDraft): PackageInput | null {
  if (kind !== "package" || draft.holds === "none") return null;
  const isLessons = draft.holds === "lessons";
  const items = draft.items.map(({ service_id, quantity }) => ({
    service_id: service_id ?? "",
    quantity: quantity ?? "",
  }));
  return {
    holds: draft.holds,
    items: isLessons ? items : [],
    amount: isLessons ? "" : (draft.amount ?? ""),
    valid_months: draft.valid_months === null ? null : Number(draft.valid_months),
    refund: draft.refund,
  };
}

/** An entry of the price list being written; a price that cannot be read is null. */
export type ServiceDraft = Omit<SaveService, "unit_price" | "kind" | "package"> & {
  kind: Kind;
  unit_price: string | null;
  package: PackageDraft;
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
      package: packageDraft(null),
    };
  const { code, name, unit_price, tax_code, income_account, active } = service;
  const kind = KINDS.find((known) => known === service.kind) ?? "lesson";
  const holds = packageDraft(service.package);
  return {
    id: service.id,
    code,
    name,
    kind,
    unit_price,
    tax_code,
    income_account,
    active,
    package: holds,
  };
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
