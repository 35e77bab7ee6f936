import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { readTexts } from "~/ui/list/filters";

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

/** What a record can be of. */
export const KINDS = [
  "customer",
  "invoice",
  "credit_note",
  "on_account",
  "payment",
  "credit_allocation",
  "write_off",
  "refund",
  "attachment",
  "journal",
] as const;

export interface ExportsSearch {
  view?: View;
  query?: string;
  connection?: string;
  kind?: string;
  from?: string;
  to?: string;
  sort?: string;
  /** The record whose panel stands open. */
  open?: string;
  /** The files for the accountant are being made. */
  files?: boolean;
}

export const exportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/exports",
  validateSearch: (s: Record<string, unknown>): ExportsSearch => ({
    view: VIEWS.find((view) => view === s.view && view !== "all"),
    ...readTexts(s, "text", ["query", "connection", "sort", "open"]),
    ...readTexts(s, "day", ["from", "to"]),
    kind: KINDS.find((kind) => kind === s.kind),
    files: s.files === true || undefined,
  }),
  component: lazyRouteComponent(() => import("./ExportsScreen"), "ExportsScreen"),
});
