import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export interface PayersSearch {
  query?: string;
  /** Also those who are no longer offered. */
  inactive?: boolean;
  /** The form for a new payer stands open. */
  register?: boolean;
}

export const payersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payers",
  validateSearch: (s: Record<string, unknown>): PayersSearch => ({
    query: s.query === undefined || s.query === "" ? undefined : String(s.query),
    inactive: s.inactive === true ? true : undefined,
    register: s.register === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("./PayersScreen"), "PayersScreen"),
});

export const payerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payers/$id",
  component: lazyRouteComponent(() => import("./PayerScreen"), "PayerScreen"),
});
