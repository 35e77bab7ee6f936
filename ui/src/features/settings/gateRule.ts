import type { GateLimits } from "~/ipc/gen/GateLimits";
import type { GateLimitsInput } from "~/ipc/gen/GateLimitsInput";
import type { GateRuleView } from "~/ipc/gen/GateRuleView";
import type { SaveGateRule } from "~/ipc/gen/SaveGateRule";

export const FEWEST_ENDS = 2;
export const MOST_ENDS = 6;

/** Days as they are typed; what is no number is 0, which the backend refuses. */
export const endsOf = (texts: readonly (string | null)[]): number[] => texts.map(days0);

const days0 = (text: string | null): number => Number.parseInt(text ?? "", 10) || 0;

/** A limit that is left empty is none. */
export interface LimitsDraft {
  overdue: string | null;
  days: string | null;
  balance: string | null;
  lead: string | null;
}

export interface RuleDraft {
  from: string;
  watch: LimitsDraft;
  blocked: LimitsDraft;
  least: string | null;
}

const text = (days: number | null): string | null => (days === null ? null : String(days));
const days = (typed: string | null): number | null => (typed ? days0(typed) : null);

const draftOfLimits = (limits: GateLimits): LimitsDraft => ({
  overdue: limits.overdue?.amount ?? null,
  days: text(limits.days_overdue),
  balance: limits.balance?.amount ?? null,
  lead: text(limits.test_lead_days),
});

/** A change begins with the rule that holds, from today on. */
export const draftOfRule = (rule: GateRuleView, today: string): RuleDraft => ({
  from: today,
  watch: draftOfLimits(rule.watch),
  blocked: draftOfLimits(rule.blocked),
  least: rule.least?.amount ?? null,
});

const limitsOf = (draft: LimitsDraft): GateLimitsInput => ({
  overdue: draft.overdue || null,
  days_overdue: days(draft.days),
  balance: draft.balance || null,
  test_lead_days: days(draft.lead),
});

export const ruleOf = (draft: RuleDraft): SaveGateRule => ({
  valid_from: draft.from,
  watch: limitsOf(draft.watch),
  blocked: limitsOf(draft.blocked),
  least: draft.least || null,
});
