import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { isSpanName, type SpanName } from "./span";

export interface ReconcileSearch {
  /** The connection; nothing: the first. */
  connection?: string;
  span?: SpanName;
  /** A day within the span; nothing: today. */
  day?: string;
  /** The pair whose panel stands open. */
  open?: string;
}

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const reconcileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reconcile",
  validateSearch: (s: Record<string, unknown>): ReconcileSearch => ({
    connection: text(s.connection),
    span: isSpanName(s.span) ? s.span : undefined,
    day: text(s.day),
    open: text(s.open),
  }),
  component: lazyRouteComponent(() => import("./ReconcileScreen"), "ReconcileScreen"),
});
