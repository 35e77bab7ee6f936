import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const KINDS = ["service", "tax_code", "payment_method"] as const;
export type Kind = (typeof KINDS)[number];

export interface MappingSearch {
  connection?: string;
  kind?: Kind;
  /** Only what has no usable counterpart. */
  missing?: boolean;
}

export const mappingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/mapping",
  validateSearch: (s: Record<string, unknown>): MappingSearch => ({
    connection: s.connection === undefined ? undefined : String(s.connection),
    kind: KINDS.find((kind) => kind === s.kind),
    missing: s.missing === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("./MappingScreen"), "MappingScreen"),
});
