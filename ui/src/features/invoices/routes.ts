import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { readListSearch } from "./list/filter";

export const invoicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices",
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import("./list/InvoicesScreen"), "InvoicesScreen"),
});

export interface NewSearch {
  /** For whom; a student's page leads here. */
  student?: string;
}

export const newInvoiceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/new",
  validateSearch: (s: Record<string, unknown>): NewSearch => ({
    ...(s.student ? { student: String(s.student) } : {}),
  }),
  component: lazyRouteComponent(() => import("./editor/NewInvoiceScreen"), "NewInvoiceScreen"),
});

export const draftRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/drafts/$id",
  component: lazyRouteComponent(() => import("./editor/DraftScreen"), "DraftScreen"),
});

export const invoiceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/$id",
  component: lazyRouteComponent(() => import("./page/InvoiceScreen"), "InvoiceScreen"),
});

export const creditNoteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/credit-notes/$id",
  component: lazyRouteComponent(() => import("./credit/CreditNoteScreen"), "CreditNoteScreen"),
});
