import type { TFunction } from "i18next";
import {
  ArrowRight,
  Ban,
  Check,
  Circle,
  CircleAlert,
  CircleArrowLeft,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  Clock3,
  Contrast,
  Minus,
  TriangleAlert,
} from "lucide-react";
import {
  EXPORT_STATUS,
  type GateLamp,
  INVOICE_STATUS,
  lookOf,
  type StatusShape,
  type Tone,
} from "~/domain/status";
import { useWords } from "~/i18n/useWords";
import { cx } from "./cx";
import { Icon, type LucideIcon } from "./Icon";
import s from "./Pill.module.css";

const SHAPES: Record<StatusShape, LucideIcon> = {
  draft: CircleDashed,
  open: Circle,
  done: CircleCheck,
  part: Contrast,
  alert: CircleAlert,
  credit: CircleArrowLeft,
  void: Ban,
  none: Minus,
  clock: Clock3,
  arrow: ArrowRight,
  check: Check,
  question: CircleHelp,
  warning: TriangleAlert,
};

export interface PillProps {
  tone: Tone;
  shape: StatusShape;
  children: string;
  /** No tint: for the states of a row that need nobody. */
  isQuiet?: boolean;
}

/** A state as shape, word and tone. */
export function Pill({ tone, shape, children, isQuiet }: PillProps) {
  return (
    <span className={cx(s.pill, s[tone], isQuiet && s.quiet)} data-pill>
      <Icon of={SHAPES[shape]} size={14} />
      {children}
    </span>
  );
}

/** A state without a word of its own is shown as the backend names it. */
const wordOf = (t: TFunction<"status">, state: string): string =>
  t(state as "open", { defaultValue: state });

interface InvoicePillProps {
  /** State of the document as the backend names it. */
  status: string;
  overdueDays?: number;
  /** In a row only what needs a person is tinted; in a header every state is. */
  isHeader?: boolean;
}

const LOUD = new Set(["overdue", "kept_back"]);

export function InvoicePill({ status, overdueDays, isHeader }: InvoicePillProps) {
  const t = useWords("status");
  const isOverdue = status === "overdue" && overdueDays !== undefined && overdueDays > 0;
  const word = isOverdue ? t("overdue_days", { count: overdueDays }) : wordOf(t, status);
  return (
    <Pill {...lookOf(INVOICE_STATUS, status)} isQuiet={!isHeader && !LOUD.has(status)}>
      {word}
    </Pill>
  );
}

/** `mark` is the shape alone with the word read aloud, for the narrow column of one system. */
export function ExportPill({ status, look }: { status: string; look?: "mark" | "header" }) {
  const t = useWords("status");
  const { tone, shape } = lookOf(EXPORT_STATUS, status);
  const word = wordOf(t, status);
  const needsPerson = status === "attention";
  if (look !== "mark")
    return (
      <Pill tone={tone} shape={shape} isQuiet={look !== "header" && !needsPerson}>
        {word}
      </Pill>
    );
  const isTinted = needsPerson || status === "checking";
  return (
    <span className={cx(s.mark, s[tone], !isTinted && s.quiet)} title={word}>
      <Icon of={SHAPES[shape]} size={14} />
      <span className="sr">{word}</span>
    </span>
  );
}

/** Circle, triangle or square: may this student take a test with what is owed? */
export function Lamp({ state, hideWord }: { state: GateLamp; hideWord?: boolean }) {
  const t = useWords("status");
  return (
    <span className={s.gate}>
      <span className={cx(s.lamp, s[state])} aria-hidden />
      <span className={hideWord ? "sr" : undefined}>{t(`gate_${state}`)}</span>
    </span>
  );
}
