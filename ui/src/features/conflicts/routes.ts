import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export interface ConflictsSearch {
  /** The conflict shown; nothing: the first. */
  open?: string;
}

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const conflictsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/conflicts",
  validateSearch: (s: Record<string, unknown>): ConflictsSearch => ({ open: text(s.open) }),
  component: lazyRouteComponent(() => import("./ConflictsScreen"), "ConflictsScreen"),
});
