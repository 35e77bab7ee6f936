import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { readTexts } from "~/ui/list/filters";

/** What can have become of a charge. */
export const STATES = ["unbilled", "billed", "voided", "drawn", "free"] as const;
export type ChargeState = (typeof STATES)[number];

/** What can have become of a booking. */
export const KINDS = [
  "attended",
  "cancelled_in_time",
  "cancelled_late",
  "no_show",
  "package_changed",
] as const;

export interface ChargesSearch {
  query?: string;
  state?: ChargeState;
  student?: string;
  department?: string;
  kind?: string;
  from?: string;
  to?: string;
  sort?: string;
}

/** What narrows a run, kept in the address. */
export interface RunSearch {
  from?: string;
  to?: string;
  kind?: string;
  department?: string;
  student?: string;
}

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const chargesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/charges",
  validateSearch: (s: Record<string, unknown>): ChargesSearch => ({
    ...readTexts(s, "text", ["query", "student", "department", "sort"]),
    ...readTexts(s, "day", ["from", "to"]),
    kind: KINDS.find((kind) => kind === s.kind),
    state: STATES.find((state) => state === s.state),
  }),
  component: lazyRouteComponent(() => import("./ChargesScreen"), "ChargesScreen"),
});

export const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/charges/rules",
  component: lazyRouteComponent(() => import("./RulesScreen"), "RulesScreen"),
});

export const newRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/charges/run",
  validateSearch: (s: Record<string, unknown>): RunSearch => ({
    from: text(s.from),
    to: text(s.to),
    kind: text(s.kind),
    department: text(s.department),
    student: text(s.student),
  }),
  component: lazyRouteComponent(() => import("./RunScreen"), "RunScreen"),
});

export const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/charges/run/$id",
  component: lazyRouteComponent(() => import("./RunPage"), "RunPage"),
});
