import type { TFunction } from "i18next";
import type { PairView } from "~/ipc/gen/PairView";

type T = TFunction<"reconcile">;

export const kindWord = (t: T, kind: string): string =>
  t(`kind_${kind}` as "kind_invoice", { defaultValue: kind });

/** One of a kind. */
export const oneWord = (t: T, kind: string): string =>
  t(`one_${kind}` as "one_invoice", { defaultValue: kind });

export const fieldWord = (t: T, field: string): string =>
  t(`field_${field}` as "field_gross", { defaultValue: field });

/** Causes in the order in which a person looks at them. */
export const OUTCOMES = [
  "differing",
  "missing_there",
  "missing_here",
  "duplicate",
  "balance",
] as const;

/** What it is called: our number, else theirs, else what kind of thing it is. */
export const labelOf = (t: T, { ours, theirs, kind }: PairView): string =>
  ours?.label || theirs?.label || oneWord(t, kind);
