import type { PayerPart } from "~/ipc/gen/PayerPart";
import type { PayerPartView } from "~/ipc/gen/PayerPartView";

/** A share while it is typed: who, and how much. */
export interface ShareRow {
  payer_id: string | null;
  /** The payer's name; empty while nobody is chosen yet. */
  name: string;
  number: string;
  part: string;
  value: string | null;
  reference: string;
  /** The student, or somebody else who may not be chosen yet. */
  isStudent: boolean;
}

export const PARTS = ["rest", "percent", "amount"] as const;

export const rowOf = ({ share, name, number }: PayerPartView): ShareRow => ({
  payer_id: share.payer_id,
  name,
  number,
  part: share.part,
  value: share.value === "" ? null : share.value,
  reference: share.reference,
  isStudent: share.payer_id === null,
});

export const newRow = (part: string): ShareRow => ({
  payer_id: null,
  name: "",
  number: "",
  part,
  value: null,
  reference: "",
  isStudent: false,
});

export const studentRow = (name: string, number: string, part: string): ShareRow => ({
  ...newRow(part),
  name,
  number,
  isStudent: true,
});

/** A payer that was added but not chosen is nobody. */
export const isChosen = (row: ShareRow): boolean => row.isStudent || row.payer_id !== null;

export const inputOf = (row: ShareRow): PayerPart => ({
  payer_id: row.payer_id,
  part: row.part,
  value: row.part === "rest" ? "" : (row.value ?? ""),
  reference: row.reference.trim(),
});

/** What is sent: nobody but the student, all of it, is nothing. */
export function inputsOf(rows: readonly ShareRow[]): PayerPart[] {
  const chosen = rows.filter(isChosen);
  const only = chosen.length === 1 ? chosen[0] : undefined;
  return only?.isStudent ? [] : chosen.map(inputOf);
}
