import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

/** What a file can hold. */
export type ImportKind = "students" | "services" | "bookings";

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/import",
  validateSearch: (s: Record<string, unknown>): { kind?: ImportKind } => ({
    kind: s.kind === "services" || s.kind === "bookings" ? s.kind : undefined,
  }),
  component: lazyRouteComponent(() => import("./ImportScreen"), "ImportScreen"),
});

/** Where what a file held is seen afterwards. */
export const SEEN_AT = {
  students: "/students",
  services: "/settings",
  bookings: "/charges",
} as const satisfies Record<ImportKind, string>;
