import type { RecordPayment } from "~/ipc/gen/RecordPayment";
import { type Shares, sharesOf } from "./shares";
import type { Worth } from "./worth";

/** A payment being written. */
export interface PaymentDraft {
  received_on: string | null;
  method: string | null;
  reference: string;
  note: string;
  amount: string | null;
  /** Announced, and not here yet. */
  pending: boolean;
  /** Nothing: that of the invoice a person came from, or of the books. */
  currency: string | null;
  /** What it came as in the currency of the books; nothing: it follows from a rate. */
  base_amount: string | null;
  /** Nothing: the rate of the day. */
  rate: string | null;
}

export const EMPTY: PaymentDraft = {
  received_on: null,
  method: null,
  reference: "",
  note: "",
  amount: null,
  pending: false,
  currency: null,
  base_amount: null,
  rate: null,
};

/** Fields of the form, as a refusal of the backend names them. */
export const FIELDS = [
  "student_id",
  "received_on",
  "method",
  "reference",
  "amount",
  "note",
  "base_amount",
  "rate",
  "surcharge",
] as const;

/** What a person said beside the fields. */
export interface Said {
  /** It is other money than what looks the same. */
  isAnother: boolean;
  /** Invoices whose small rest is let go. */
  writeOff: readonly string[];
  /** What the way to pay costs on top, as it was seen; null: not taken. */
  surcharge: string | null;
  /** What money in another currency is worth. */
  worth: Worth | null;
}

export const requestOf = (
  id: string,
  student_id: string,
  draft: PaymentDraft,
  shares: Shares,
  { isAnother, writeOff, surcharge, worth }: Said,
): RecordPayment => ({
  id,
  student_id,
  method: draft.method ?? "",
  received_on: draft.received_on ?? "",
  amount: draft.amount ?? "",
  reference: draft.reference.trim(),
  note: draft.note.trim(),
  // Money that is not here yet settles nothing.
  shares: draft.pending ? [] : sharesOf(shares).filter((share) => share.amount !== ""),
  pending: draft.pending || null,
  event: null,
  is_another: isAnother,
  write_off: writeOff.length > 0 && !draft.pending ? [...writeOff] : null,
  surcharge: draft.pending ? null : surcharge,
  foreign: worth,
});
