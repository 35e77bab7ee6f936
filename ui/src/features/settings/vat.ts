import type { TaxCodeView } from "~/ipc/gen/TaxCodeView";

export const CATEGORIES = ["S", "Z", "E", "O", "AE"] as const;
export type Category = (typeof CATEGORIES)[number];

/** Codes in their order, each with its newest rate first. */
export const newestFirst = (codes: readonly TaxCodeView[]): readonly TaxCodeView[] =>
  codes.toSorted(
    (a, b) => a.code.localeCompare(b.code, "nb") || b.valid_from.localeCompare(a.valid_from),
  );

/** VAT that is not charged is explained on the document. */
export const needsReason = (category: string) => ["E", "O", "AE"].includes(category);
