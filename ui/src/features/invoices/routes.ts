import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { firstRows } from "~/ui/grid";
import { awaitFirst } from "~/ui/list/awaitFirst";
import { firstCounts, invoicesOf } from "./api";
import { filterOf, orderOf, readListSearch, sortOf } from "./list/filter";
import { SHELVES, type Shelf } from "./recurring/shelves";

export const invoicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices",
  validateSearch: readListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, deps }) =>
    awaitFirst(
      client,
      firstRows(invoicesOf(filterOf(deps), orderOf(sortOf(deps)))),
      firstCounts(filterOf(deps)),
    ),
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

export interface RecurringSearch {
  shelf?: Shelf;
}

export const recurringRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/recurring",
  validateSearch: (s: Record<string, unknown>): RecurringSearch => ({
    shelf: SHELVES.find((shelf) => shelf === s.shelf),
  }),
  component: lazyRouteComponent(() => import("./recurring/RecurringScreen"), "RecurringScreen"),
});

export interface NewRecurringSearch {
  /** The document that is to come again. */
  draft?: string;
  invoice?: string;
}

export const newRecurringRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/recurring/new",
  validateSearch: (s: Record<string, unknown>): NewRecurringSearch => ({
    ...(s.draft ? { draft: String(s.draft) } : {}),
    ...(s.invoice ? { invoice: String(s.invoice) } : {}),
  }),
  component: lazyRouteComponent(() => import("./recurring/FormScreens"), "NewRecurringScreen"),
});

export const oneRecurringRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/recurring/$id",
  component: lazyRouteComponent(() => import("./recurring/RecurringPage"), "RecurringPage"),
});

export const editRecurringRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invoices/recurring/$id/edit",
  component: lazyRouteComponent(() => import("./recurring/FormScreens"), "EditRecurringScreen"),
});
