import type { PaymentMethodView } from "~/ipc/gen/PaymentMethodView";
import type { SavePaymentMethod } from "~/ipc/gen/SavePaymentMethod";

/** Fields of the form, as a refusal of the backend names them. */
export const METHOD_FIELDS = [
  "code",
  "name",
  "account",
  "active",
  "surcharge.percent",
  "surcharge.fixed",
  "surcharge.service_id",
] as const;

/** A way to pay being written; what cannot be read is null. */
export interface MethodDraft {
  code: string;
  name: string;
  account: string;
  active: boolean;
  costs: boolean;
  percent: string | null;
  fixed: string | null;
  service_id: string | null;
}

export const methodDraft = (method: PaymentMethodView | null): MethodDraft => ({
  code: method?.code ?? "",
  name: method?.name ?? "",
  account: method?.account ?? "",
  active: method?.active ?? true,
  costs: method?.surcharge != null,
  percent: method?.surcharge?.percent || null,
  fixed: method?.surcharge?.fixed || null,
  service_id: method?.surcharge?.service_id ?? null,
});

/** What is missing, by field. The backend checks again. */
export function missingInMethod(draft: MethodDraft): readonly string[] {
  const missing: string[] = [];
  if (draft.name.trim() === "") missing.push("name");
  if (draft.code.trim() === "") missing.push("code");
  if (!draft.costs) return missing;
  if (draft.percent === null && draft.fixed === null) missing.push("surcharge.percent");
  if (draft.service_id === null) missing.push("surcharge.service_id");
  return missing;
}

export const methodRequest = (draft: MethodDraft, isNew: boolean): SavePaymentMethod => ({
  code: draft.code.trim(),
  name: draft.name.trim(),
  account: draft.account.trim(),
  active: draft.active,
  is_new: isNew,
  surcharge: draft.costs
    ? {
        percent: draft.percent ?? "",
        fixed: draft.fixed ?? "",
        service_id: draft.service_id ?? "",
      }
    : null,
});

/** A code that a name suggests: small letters, digits and hyphens. */
export const codeOf = (name: string): string =>
  name
    .toLocaleLowerCase("nb")
    .replace(/æ/g, "ae")
    .replace(/ø/g, "o")
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 20);
