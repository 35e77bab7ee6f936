import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

/** The parts of the list; what runs is shown first. */
export const SHELVES = ["running", "late", "broken", "paid", "ended"] as const;
export type PlanShelf = (typeof SHELVES)[number];

export interface PlansSearch {
  query?: string;
  shelf?: PlanShelf;
}

export const plansRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/plans",
  validateSearch: (s: Record<string, unknown>): PlansSearch => ({
    query: s.query ? String(s.query) : undefined,
    shelf: SHELVES.find((shelf) => shelf === s.shelf),
  }),
  component: lazyRouteComponent(() => import("./PlansScreen"), "PlansScreen"),
});

export const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/plans/$id",
  component: lazyRouteComponent(() => import("./PlanScreen"), "PlanScreen"),
});
