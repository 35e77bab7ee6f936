import type { ReminderPlanView } from "~/ipc/gen/ReminderPlanView";
import type { RemindersSearch } from "./routes";

export const LEVELS = ["upcoming", "first", "second", "final"] as const;
export const WHYS = [
  "waiting",
  "paused",
  "promised",
  "disputed",
  "credit",
  "finished",
  "too_small",
] as const;

/** The plan with only what the address narrows it to: what is not seen is not made either. */
export function narrowed(
  plan: ReminderPlanView,
  { of, level, why }: RemindersSearch,
): ReminderPlanView {
  const isOf = (row: { student_id: string }) => of === undefined || row.student_id === of;
  return {
    ...plan,
    messages: plan.messages.filter((row) => isOf(row) && (!level || row.level === level)),
    left_out: plan.left_out.filter((row) => isOf(row) && (!why || row.why === why)),
  };
}
