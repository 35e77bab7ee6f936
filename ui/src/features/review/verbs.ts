/* What a person may do about a cause, and with how many of its documents. Knows no screens. */
import type { CauseView } from "~/ipc/gen/CauseView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import type { SaveMapping } from "~/ipc/gen/SaveMapping";
import { ALL_SELECTED, type GridSelection, selectedCount } from "~/ui/grid";

export interface Verbs {
  /** The one at the foot, if any. */
  main: "save_and_retry" | "retry" | "read_again" | "sign_in" | "map" | "link" | null;
  /** A record that is there already can be chosen. */
  canLink: boolean;
  /** It can be looked up once more, and is sent if it is not there. */
  canLookUp: boolean;
  /** It can be marked as done elsewhere, or skipped. */
  canSettle: boolean;
}

/** Causes under which nothing was recorded there, but another try cannot help either. */
const HOPELESS = new Set(["unsupported", "need_left_out"]);

/** A currency is switched on there, and the documents go on once that was read. */
const isCurrency = ({ class: name, params }: CauseView) =>
  (name === "mapping_missing" && params.kind === "currency") ||
  (name === "reference_gone" && params.reference === "currency");

/** What no system is told: a person books it there, or says why not. */
const BY_HAND = new Set(["taken_back", "by_hand"]);

const NONE: Verbs = { main: null, canLink: false, canLookUp: false, canSettle: false };
const SETTLED: Verbs = { ...NONE, canSettle: true };

/**
 * Sending again is offered only where nothing of it is in the books. Where that is not known, or it
 * is there, a person links, settles, or has it looked up first; a blind resend could book it twice.
 */
export function verbsOf(cause: CauseView, group: "causes" | "checking" | "waiting"): Verbs {
  if (cause.class === "sign_in") return { ...NONE, main: "sign_in" };
  if (cause.class === "to_map") return { ...NONE, main: "map" };
  if (group !== "causes") return NONE;
  if (BY_HAND.has(cause.class)) return SETTLED;
  // What cannot be read cannot be held against what is there.
  if (cause.class === "internal") return { ...SETTLED, canLookUp: true };
  if (cause.in_the_books !== "no") {
    return { main: "link", canLink: true, canLookUp: true, canSettle: true };
  }
  if (isCurrency(cause)) return { ...SETTLED, main: "read_again" };
  if (cause.mapping !== null) return { ...SETTLED, main: "save_and_retry" };
  return HOPELESS.has(cause.class) ? SETTLED : { ...SETTLED, main: "retry" };
}

/** A customer that was refused as it is: it is mended where it is seen. */
export const isCustomer = (cause: CauseView, row: ExportRow | undefined): boolean =>
  cause.class === "validation" &&
  row?.kind === "customer" &&
  (row.page?.kind === "student" || row.page?.kind === "payer");

/** What the verbs of a cause are about. */
export interface Meant {
  selection: GridSelection;
  count: number;
  /** The whole cause; the backend then needs no list of ids. */
  isWhole: boolean;
}

/** A cause means all its documents, until somebody marks some of them. */
export function meantBy(marked: GridSelection, total: number): Meant {
  const count = selectedCount(marked, total);
  if (count === 0) return { selection: ALL_SELECTED, count: total, isWhole: true };
  return { selection: marked, count, isWhole: count === total };
}

/**
 * The mapping as it stood before a cause was mended, to be saved when that is taken back. Nothing
 * where it stood on what is gone there: that cannot be chosen any more.
 */
export function mappingBefore(cause: CauseView): SaveMapping | undefined {
  const { mapping, connection_id } = cause;
  if (mapping === null || cause.class === "reference_gone") return undefined;
  const { kind, local_key, remote_code, department_id } = mapping;
  const change = { kind, local_key, remote_code, from_suggestion: false };
  return { connection_id, department_id, changes: [change] };
}
