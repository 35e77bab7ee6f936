import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const TABS = [
  "display",
  "school",
  "prices",
  "vat",
  "series",
  "reminders",
  "files",
  "users",
  "book",
] as const;
export type SettingsTab = (typeof TABS)[number];

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  validateSearch: (s: Record<string, unknown>): { tab?: SettingsTab } => ({
    tab: TABS.find((tab) => tab === s.tab),
  }),
  component: lazyRouteComponent(() => import("./SettingsScreen"), "SettingsScreen"),
});
