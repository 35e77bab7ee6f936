import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

/** What a file can hold. */
export const IMPORT_KINDS = ["students", "services", "invoices", "payments", "bookings"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const isImportKind = (word: unknown): word is ImportKind =>
  IMPORT_KINDS.some((kind) => kind === word);

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/import",
  validateSearch: (s: Record<string, unknown>): { kind?: ImportKind } => ({
    kind: isImportKind(s.kind) ? s.kind : undefined,
  }),
  component: lazyRouteComponent(() => import("./ImportScreen"), "ImportScreen"),
});

export const importedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/import/$id",
  component: lazyRouteComponent(() => import("./past/ImportedScreen"), "ImportedScreen"),
});

/** Where what a file held is seen afterwards. */
export const SEEN_AT = {
  students: "/students",
  services: "/settings",
  invoices: "/invoices",
  payments: "/payments",
  bookings: "/charges",
} as const satisfies Record<ImportKind, string>;
