import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const KINDS = [
  "ledger_account",
  "service",
  "tax_code",
  "payment_method",
  "currency",
  "department",
  "customer",
  "custom_field",
] as const;
export type Kind = (typeof KINDS)[number];

/** What is shown: rows of one kind, or the rules. */
const TABS = [...KINDS, "rule"] as const;
export type MappingTab = (typeof TABS)[number];
export const tabOf = (id: unknown) => TABS.find((tab) => tab === id);

export interface MappingSearch {
  connection?: string;
  kind?: MappingTab;
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
    kind: tabOf(s.kind),
    department: s.department === undefined ? undefined : String(s.department),
    missing: s.missing === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("./MappingScreen"), "MappingScreen"),
});
