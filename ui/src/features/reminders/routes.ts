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
}

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
  }),
  component: lazyRouteComponent(() => import("./RemindersScreen"), "RemindersScreen"),
});
