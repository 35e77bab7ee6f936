import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { readTexts } from "~/ui/list/filters";

/** The parts of the list; what can be drawn is shown first. */
export const SHELVES = [
  "active",
  "expiring",
  "owed",
  "expired",
  "used_up",
  "closed",
  "all",
] as const;
export type PackageShelf = (typeof SHELVES)[number];

/** How far ahead a last day comes soon. */
export const WITHIN_DAYS = ["7", "14", "30", "60", "90"] as const;
export const USUAL_DAYS = "30";

export interface PackagesSearch {
  query?: string;
  shelf?: PackageShelf;
  within?: string;
  department?: string;
  sort?: string;
}

export const packagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/packages",
  validateSearch: (s: Record<string, unknown>): PackagesSearch => ({
    ...readTexts(s, "text", ["query", "department", "sort"]),
    shelf: SHELVES.find((shelf) => shelf === s.shelf),
    within: WITHIN_DAYS.find((days) => days === String(s.within)),
  }),
  component: lazyRouteComponent(() => import("./PackagesScreen"), "PackagesScreen"),
});
