import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export interface ReviewSearch {
  cause?: string;
}

export const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/review",
  validateSearch: (s: Record<string, unknown>): ReviewSearch => ({
    cause: s.cause === undefined || s.cause === "" ? undefined : String(s.cause),
  }),
  component: lazyRouteComponent(() => import("./ReviewScreen"), "ReviewScreen"),
});
