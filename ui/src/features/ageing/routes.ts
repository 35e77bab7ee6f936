import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { type AgeingSearch, readSearch } from "./question";

export const ageingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ageing",
  validateSearch: (s: Record<string, unknown>): AgeingSearch => readSearch(s),
  component: lazyRouteComponent(() => import("./AgeingScreen"), "AgeingScreen"),
});
