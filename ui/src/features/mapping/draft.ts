/* Changes of a mapping that are not saved yet. Knows no screens and asks nobody. */
import type { MappingChange } from "~/ipc/gen/MappingChange";
import type { MappingRow } from "~/ipc/gen/MappingRow";
import type { RemoteChoice } from "~/ipc/gen/RemoteChoice";

/** By `keyOf` of the row. */
export type Draft = ReadonlyMap<string, MappingChange>;

export const NO_CHANGES: Draft = new Map();

export const keyOf = (row: Pick<MappingRow, "kind" | "local_key">) =>
  `${row.kind}:${row.local_key}`;

/** What is mapped once the draft is saved. */
export function codeOf(draft: Draft, row: MappingRow): string | null {
  const change = draft.get(keyOf(row));
  // A department that gives up its own takes the school's again.
  return change === undefined ? row.remote_code : (change.remote_code ?? row.school_code);
}

/** Takes a choice into the draft; choosing what is saved already takes the change out again. */
export function choose(
  draft: Draft,
  row: MappingRow,
  remote_code: string | null,
  from_suggestion = false,
): Draft {
  const next = new Map(draft);
  const isSaved = remote_code === row.remote_code && row.state !== "gone";
  const hasNone = row.remote_code === null || row.is_inherited;
  if (isSaved || (remote_code === null && hasNone)) next.delete(keyOf(row));
  else
    next.set(keyOf(row), {
      kind: row.kind,
      local_key: row.local_key,
      remote_code,
      from_suggestion,
    });
  return next;
}

/** Documents go without it where it is not mapped. */
export const isOptional = (row: Pick<MappingRow, "kind">): boolean =>
  row.kind === "department" || row.kind === "customer" || row.kind === "custom_field";

/** Not mapped, or mapped to what is no longer there, with the draft taken into account. */
export function isOpen(draft: Draft, row: MappingRow): boolean {
  const change = draft.get(keyOf(row));
  if (change === undefined) return row.state === "missing" || row.state === "gone";
  return codeOf(draft, row) === null && !isOptional(row) && row.rule === null;
}

/** Rows whose suggestion would fill a gap. */
export const suggested = (draft: Draft, rows: readonly MappingRow[]) =>
  rows.filter(
    (row) => row.suggestion !== null && (isOpen(draft, row) || codeOf(draft, row) === null),
  );

/** The school's code stands where a department has none of its own, with the draft in account. */
export function isInherited(draft: Draft, row: MappingRow): boolean {
  const change = draft.get(keyOf(row));
  return change === undefined
    ? row.is_inherited
    : change.remote_code === null && row.school_code !== null;
}

/** A code as people know it: that of a tracking option says nothing to them. */
export const shownCode = (row: Pick<MappingRow, "kind">, code: string): string =>
  isOptional(row) ? "" : code;

/** All of these suggestions taken into the draft. */
export const withSuggestions = (draft: Draft, rows: readonly MappingRow[]): Draft =>
  rows.reduce((next, row) => choose(next, row, row.suggestion?.remote_code ?? null, true), draft);

/** How many documents wait for what the draft fills, at most: one may wait for several. */
export function released(draft: Draft, rows: readonly MappingRow[]): number {
  return rows
    .filter((row) => row.state !== "mapped" && !isOpen(draft, row))
    .reduce((sum, row) => sum + row.waiting, 0);
}

/** Accounts or tax rates that a row of this kind may be mapped to. */
export function fitting(
  kind: string,
  view: Record<
    "accounts" | "tax_codes" | "tracking" | "customers" | "fields",
    readonly RemoteChoice[]
  >,
): readonly RemoteChoice[] {
  const lists: Record<string, readonly RemoteChoice[]> = {
    tax_code: view.tax_codes,
    department: view.tracking,
    customer: view.customers,
    custom_field: view.fields,
  };
  const all = lists[kind] ?? view.accounts;
  return all.filter((choice) => choice.fits.includes(kind));
}

/** Choices whose code or name holds what was typed. */
export function search(choices: readonly RemoteChoice[], query: string): readonly RemoteChoice[] {
  const wanted = query.toLocaleLowerCase();
  if (wanted === "") return choices;
  return choices.filter((c) => `${c.code} ${c.name}`.toLocaleLowerCase().includes(wanted));
}

/** The words for why something is suggested. */
export const because = (reason: string) => `because_${reason}` as "because_same_name";
