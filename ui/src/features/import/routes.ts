import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

/** What a file can hold. */
export type ImportKind = "students" | "services";

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/import",
  validateSearch: (s: Record<string, unknown>): { kind?: ImportKind } => ({
    kind: s.kind === "services" ? "services" : undefined,
  }),
  component: lazyRouteComponent(() => import("./ImportScreen"), "ImportScreen"),
});
