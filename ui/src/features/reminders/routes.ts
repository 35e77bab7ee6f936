import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const TABS = ["due", "left_out", "made"] as const;
export type RemindersTab = (typeof TABS)[number];

export interface RemindersSearch {
  tab?: RemindersTab;
  /** A student whose reminders are to be held back: the dialog opens with it. */
  student?: string;
  /** Students whose messages alone are chosen, with commas between; a selection leads here. */
  only?: string;
  /** One of the student's invoices, where only that is held. */
  invoice?: string;
  /** Only what is about this student. */
  of?: string;
  /** Only messages of this level. */
  level?: string;
  /** Only what is left out for this reason. */
  why?: string;
  /** Only what was made and has not gone out. */
  made?: "unsent";
}

/** Parts of the address that are no filter: an open dialog, and who is chosen at first. */
export const PASSING = ["student", "invoice", "only"] as const;

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const remindersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reminders",
  validateSearch: (s: Record<string, unknown>): RemindersSearch => ({
    tab: TABS.find((tab) => tab === s.tab),
    student: text(s.student),
    only: text(s.only),
    invoice: text(s.invoice),
    of: text(s.of),
    level: text(s.level),
    why: text(s.why),
    made: s.made === "unsent" ? s.made : undefined,
  }),
  component: lazyRouteComponent(() => import("./RemindersScreen"), "RemindersScreen"),
});
