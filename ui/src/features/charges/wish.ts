import { addDays, type IsoDate } from "~/domain/dates";
import type { RunWish } from "~/ipc/gen/RunWish";
import type { GridSelection } from "~/ui/grid";
import { EVERY } from "./api";
import type { RunSearch } from "./routes";

/** What is typed above the preview of a run, beside what stands in the address. */
export interface RunForm {
  id: string;
  issueDate: IsoDate | null;
  /** Null: the terms of the school, counted from the day of issue. */
  dueDate: IsoDate | null;
  /** Days, as typed; null: nobody is left out for being late. */
  overdueDays: string | null;
  /** Who is behind a red light of the debt gate is left out. */
  leaveOutBlocked: boolean;
}

/** The last day to pay: as typed, or the school's terms after the day of issue. */
export function dueOf(form: RunForm, termsDays: number): IsoDate | null {
  if (form.dueDate !== null || form.issueDate === null) return form.dueDate;
  return addDays(form.issueDate, termsDays);
}

/** The question to the backend; null while a date is missing. */
export function wishOf(
  form: RunForm,
  search: RunSearch,
  termsDays: number,
  except: string[],
): RunWish | null {
  const due = dueOf(form, termsDays);
  if (form.issueDate === null || due === null) return null;
  return {
    id: form.id,
    filter: {
      ...EVERY,
      student_id: search.student ?? null,
      department_id: search.department ?? null,
      from: search.from ?? null,
      to: search.to ?? null,
      kinds: search.kind ? [search.kind] : [],
    },
    issue_date: form.issueDate,
    due_date: due,
    overdue_days: form.overdueDays === null ? null : Number(form.overdueDays),
    leave_out_blocked: form.leaveOutBlocked,
    except,
  };
}

/** The rows a person left out of the selection. */
export function exceptOf(selection: GridSelection, ids: readonly string[]): string[] {
  if (selection.mode === "all") return [...selection.except];
  return ids.filter((id) => !selection.ids.has(id));
}
