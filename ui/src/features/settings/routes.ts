import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const TABS = [
  "display",
  "school",
  "prices",
  "vat",
  "exchange",
  "series",
  "milestones",
  "reminders",
  "owing",
  "files",
  "users",
  "book",
] as const;
export type SettingsTab = (typeof TABS)[number];

export interface SettingsSearch {
  tab?: SettingsTab;
  /** The matter that was searched for, by the key of its heading. */
  at?: string;
}

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  validateSearch: (s: Record<string, unknown>): SettingsSearch => ({
    tab: TABS.find((tab) => tab === s.tab),
    at: typeof s.at === "string" ? s.at : undefined,
  }),
  component: lazyRouteComponent(() => import("./SettingsScreen"), "SettingsScreen"),
});
