import type { MilestoneRow } from "~/ipc/gen/MilestoneRow";
import type { SaveMilestone } from "~/ipc/gen/SaveMilestone";

export const BEFORE = ["lesson", "service"] as const;

/** Fields of the form, as a refusal of the backend names them. */
export const MILESTONE_FIELDS = ["name", "lesson", "service_id", "amount"] as const;

/** A milestone being written; what cannot be read is null. */
export interface MilestoneDraft {
  id: string;
  name: string;
  before: (typeof BEFORE)[number];
  lesson: string | null;
  service_id: string | null;
  amount: string | null;
  active: boolean;
}

export function milestoneDraft(row: MilestoneRow | null, id: string): MilestoneDraft {
  return {
    id: row?.id ?? id,
    name: row?.name ?? "",
    before: BEFORE.find((known) => known === row?.before) ?? "lesson",
    lesson: row?.lesson?.toString() ?? null,
    service_id: row?.service_id ?? null,
    amount: row?.amount.amount ?? null,
    active: row?.active ?? true,
  };
}

/** What is missing, by field. The backend checks again. */
export function missingInMilestone(draft: MilestoneDraft): readonly string[] {
  const missing: string[] = [];
  if (draft.name.trim() === "") missing.push("name");
  if (draft.before === "lesson" && draft.lesson === null) missing.push("lesson");
  if (draft.before === "service" && draft.service_id === null) missing.push("service_id");
  if (draft.amount === null) missing.push("amount");
  return missing;
}

export function milestoneRequest(draft: MilestoneDraft): SaveMilestone {
  const isLesson = draft.before === "lesson";
  return {
    ...draft,
    lesson: isLesson && draft.lesson !== null ? Number(draft.lesson) : null,
    amount: draft.amount ?? "",
  };
}
