/* What a person may do about a cause. Knows no screens. */
import type { CauseView } from "~/ipc/gen/CauseView";

export interface Verbs {
  /** The one at the foot, if any. */
  main: "save_and_retry" | "retry" | "sign_in" | "link" | null;
  /** A record that is there already can be chosen. */
  canLink: boolean;
  /** It can be marked as done elsewhere, or skipped. */
  canSettle: boolean;
}

/** Causes under which nothing was recorded there, but another try cannot help either. */
const HOPELESS = new Set(["unsupported"]);

/**
 * Sending again is offered only where nothing of it is in the books. Where that is not known, or it
 * is there, a person links or settles; a blind resend could book it twice.
 */
export function verbsOf(cause: CauseView, group: "causes" | "checking" | "waiting"): Verbs {
  if (cause.class === "sign_in") return { main: "sign_in", canLink: false, canSettle: false };
  if (group !== "causes") return { main: null, canLink: false, canSettle: false };
  if (cause.in_the_books !== "no") return { main: "link", canLink: true, canSettle: true };
  if (cause.mapping !== null) return { main: "save_and_retry", canLink: false, canSettle: true };
  const main = HOPELESS.has(cause.class) ? null : "retry";
  return { main, canLink: false, canSettle: true };
}
