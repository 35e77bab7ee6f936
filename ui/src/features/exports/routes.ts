import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export const VIEWS = [
  "all",
  "waiting",
  "sending",
  "checking",
  "attention",
  "sent",
  "settled",
] as const;
export type View = (typeof VIEWS)[number];

export interface ExportsSearch {
  view?: View;
  query?: string;
  connection?: string;
  sort?: string;
  /** The record whose panel stands open. */
  open?: string;
  /** The files for the accountant are being made. */
  files?: boolean;
}

const text = (value: unknown) =>
  value === undefined || value === "" ? undefined : String(value as string);

export const exportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/exports",
  validateSearch: (s: Record<string, unknown>): ExportsSearch => ({
    view: VIEWS.find((view) => view === s.view && view !== "all"),
    query: text(s.query),
    connection: text(s.connection),
    sort: text(s.sort),
    open: text(s.open),
    files: s.files === true || undefined,
  }),
  component: lazyRouteComponent(() => import("./ExportsScreen"), "ExportsScreen"),
});
