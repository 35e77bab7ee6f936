/* A payer as it is written: the whole of it, with what a screen changes. */
import type { PayerView } from "~/ipc/gen/PayerView";
import type { SavePayer } from "~/ipc/gen/SavePayer";

export const payerForm = (payer: PayerView): SavePayer => ({
  id: payer.row.id,
  kind: payer.row.kind,
  number: payer.row.number,
  department_id: payer.department_id,
  person: payer.person,
  org_number: payer.row.org_number,
  vat_number: payer.vat_number,
  reference: payer.row.reference,
  terms: payer.row.terms,
  active: payer.row.active,
});
