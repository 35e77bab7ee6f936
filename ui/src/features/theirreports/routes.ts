import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const KINDS = [
  "trial_balance",
  "profit_and_loss",
  "balance_sheet",
  "cash_flow",
  "general_ledger",
] as const;
export type Kind = (typeof KINDS)[number];

/** The others tell of all until one day. */
export const isOfDays = (kind: string | undefined) =>
  kind === "profit_and_loss" || kind === "cash_flow" || kind === "general_ledger";

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
