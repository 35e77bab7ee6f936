import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const KINDS = [
  "ledger_account",
  "service",
  "tax_code",
  "payment_method",
  "department",
] as const;
export type Kind = (typeof KINDS)[number];

export interface MappingSearch {
  connection?: string;
  kind?: Kind;
  /** Whose mapping: a department's, or the school's. */
  department?: string;
  /** Only what has no usable counterpart. */
  missing?: boolean;
}

export const mappingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/mapping",
  validateSearch: (s: Record<string, unknown>): MappingSearch => ({
    connection: s.connection === undefined ? undefined : String(s.connection),
    kind: KINDS.find((kind) => kind === s.kind),
    department: s.department === undefined ? undefined : String(s.department),
    missing: s.missing === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("./MappingScreen"), "MappingScreen"),
});
