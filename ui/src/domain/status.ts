/* What each state of the books looks like: one tone, one shape and one word, the same everywhere. */

export const TONES = ["neutral", "info", "success", "warning", "danger", "credit"] as const;
export type Tone = (typeof TONES)[number];

/** Shapes that stand for a state beside its word, so that colour never carries meaning alone. */
export type StatusShape =
  | "draft"
  | "open"
  | "done"
  | "part"
  | "alert"
  | "credit"
  | "void"
  | "none"
  | "clock"
  | "arrow"
  | "check"
  | "question"
  | "warning";

export interface StatusLook {
  tone: Tone;
  shape: StatusShape;
}

/** State of an invoice or credit note as a person in the office names it. */
export const INVOICE_STATUS = {
  draft: { tone: "neutral", shape: "draft" },
  scheduled: { tone: "info", shape: "clock" },
  kept_back: { tone: "danger", shape: "alert" },
  open: { tone: "info", shape: "open" },
  part_paid: { tone: "warning", shape: "part" },
  paid: { tone: "success", shape: "done" },
  overdue: { tone: "danger", shape: "alert" },
  credit: { tone: "credit", shape: "credit" },
  credited: { tone: "neutral", shape: "void" },
  written_off: { tone: "neutral", shape: "void" },
} as const satisfies Record<string, StatusLook>;
export type InvoiceStatus = keyof typeof INVOICE_STATUS;

/** Where money received stands. */
export const PAYMENT_STATUS = {
  pending: { tone: "warning", shape: "clock" },
  confirmed: { tone: "success", shape: "check" },
  failed: { tone: "neutral", shape: "void" },
  reversed: { tone: "danger", shape: "alert" },
} as const satisfies Record<string, StatusLook>;

/** How a payment plan is kept. */
export const PLAN_STATUS = {
  kept: { tone: "info", shape: "clock" },
  late: { tone: "warning", shape: "warning" },
  broken: { tone: "danger", shape: "alert" },
  paid: { tone: "success", shape: "done" },
  ended: { tone: "neutral", shape: "void" },
  replaced: { tone: "neutral", shape: "arrow" },
} as const satisfies Record<string, StatusLook>;

/** Whether a record has reached an accounting system. */
export const EXPORT_STATUS = {
  none: { tone: "neutral", shape: "none" },
  waiting: { tone: "warning", shape: "clock" },
  sending: { tone: "info", shape: "arrow" },
  sent: { tone: "success", shape: "check" },
  checking: { tone: "warning", shape: "question" },
  attention: { tone: "danger", shape: "warning" },
  settled: { tone: "neutral", shape: "check" },
} as const satisfies Record<string, StatusLook>;
export type ExportStatus = keyof typeof EXPORT_STATUS;

/** Whether a student may take a driving test while money is owed. */
export const GATE_LAMPS = ["clear", "watch", "blocked"] as const;
export type GateLamp = (typeof GATE_LAMPS)[number];

const UNKNOWN: StatusLook = { tone: "neutral", shape: "none" };

/** The look of a state by its name on the wire. A state this window does not know stays neutral. */
export function lookOf<S extends string>(looks: Record<S, StatusLook>, state: string): StatusLook {
  return looks[state as S] ?? UNKNOWN;
}
