import type { ReminderSettings } from "~/ipc/gen/ReminderSettings";
import type { SaveReminderSettings } from "~/ipc/gen/SaveReminderSettings";

export const LEVELS = ["upcoming", "first", "second", "final"] as const;
export type Level = (typeof LEVELS)[number];

/** A schedule as it is typed: days of the levels in use, the others left out. */
export interface ScheduleDraft {
  days: Partial<Record<Level, string>>;
  /** The ways of each level, the wished one first. */
  ways: Partial<Record<Level, string>>;
  deadline: string;
  withFees: boolean;
  withInterest: boolean;
  /** Percent by the first day of each half-year whose rate the school enters. */
  ownRates: Record<string, string | null>;
  least: string;
}

/** Ways a message may go before a letter is printed; none: always a letter. */
export const WAYS = ["email", "sms", "email sms", "sms email", ""] as const;

/** What the words of these ways are called. */
export const WAY_NAMES = {
  email: "email",
  sms: "sms",
  "email sms": "email_sms",
  "sms email": "sms_email",
  "": "letter",
} as const;

/** Days that are proposed when a level is taken into use. */
const PROPOSED: Record<Level, string> = { upcoming: "3", first: "14", second: "1", final: "1" };

export const draftOf = (settings: ReminderSettings): ScheduleDraft => ({
  days: Object.fromEntries(settings.steps.map((step) => [step.level, String(step.days)])),
  ways: Object.fromEntries(
    settings.steps.map((step) => [
      step.level,
      step.ways.filter((way) => way !== "letter").join(" "),
    ]),
  ),
  deadline: String(settings.deadline_days),
  withFees: settings.with_fees,
  withInterest: settings.with_interest,
  ownRates: Object.fromEntries(
    settings.rates.filter((one) => !one.is_law).map((one) => [one.from, one.rate]),
  ),
  least: settings.least.amount,
});

export function withLevel(draft: ScheduleDraft, level: Level, isUsed: boolean): ScheduleDraft {
  const { [level]: _, ...others } = draft.days;
  const ways = { ...draft.ways, [level]: draft.ways[level] ?? "email" };
  return { ...draft, ways, days: isUsed ? { ...others, [level]: PROPOSED[level] } : others };
}

export const withWays = (draft: ScheduleDraft, level: Level, ways: string): ScheduleDraft => ({
  ...draft,
  ways: { ...draft.ways, [level]: ways },
});

/** A level behind the due date counts from the deadline of the one before, the first from it. */
export function countsFrom(draft: ScheduleDraft, level: Level) {
  if (level === "upcoming") return "days_before" as const;
  const before = LEVELS.slice(1, LEVELS.indexOf(level));
  return before.some((one) => draft.days[one] !== undefined)
    ? ("days_after_deadline" as const)
    : ("days_after" as const);
}

export const scheduleOf = (draft: ScheduleDraft): SaveReminderSettings => ({
  steps: LEVELS.flatMap((level) => {
    const days = draft.days[level];
    if (days === undefined) return [];
    const ways = (draft.ways[level] ?? "").split(" ").filter((way) => way !== "");
    return [{ level, days: Number.parseInt(days, 10) || 0, ways }];
  }),
  deadline_days: Number.parseInt(draft.deadline, 10) || 0,
  with_fees: draft.withFees,
  with_interest: draft.withInterest,
  own_rates: Object.entries(draft.ownRates).flatMap(([from, rate]) =>
    rate === null ? [] : [{ from, rate }],
  ),
  least: draft.least,
});
