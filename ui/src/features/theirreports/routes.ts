import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const KINDS = ["trial_balance", "profit_and_loss", "balance_sheet"] as const;
export type Kind = (typeof KINDS)[number];

export interface TheirReportsSearch {
  /** The connection; nothing: the first. */
  connection?: string;
  /** Which report; nothing: the first that the system has. */
  kind?: Kind;
  /** The one of those read before; nothing: the newest. */
  read?: string;
}

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const theirReportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reconcile/reports",
  validateSearch: (s: Record<string, unknown>): TheirReportsSearch => ({
    connection: text(s.connection),
    kind: KINDS.find((kind) => kind === s.kind),
    read: text(s.read),
  }),
  component: lazyRouteComponent(() => import("./TheirReportsScreen"), "TheirReportsScreen"),
});
