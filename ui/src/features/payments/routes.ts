import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { firstRows } from "~/ui/grid";
import { awaitFirst } from "~/ui/list/awaitFirst";
import { readTexts } from "~/ui/list/filters";
import { asked, paymentsOf } from "./api";

export interface PaymentsSearch {
  query?: string;
  unallocated?: boolean;
  student?: string;
  method?: string;
  state?: string;
  from?: string;
  to?: string;
  amount_from?: string;
  amount_to?: string;
  sort?: string;
}

/** Where a payment can stand. */
export const STATES = ["pending", "confirmed", "failed", "reversed"] as const;

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const paymentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payments",
  validateSearch: (s: Record<string, unknown>): PaymentsSearch => ({
    ...readTexts(s, "text", ["query", "student", "method", "sort"]),
    ...readTexts(s, "day", ["from", "to"]),
    ...readTexts(s, "amount", ["amount_from", "amount_to"]),
    unallocated: s.unallocated === true ? true : undefined,
    state: STATES.find((state) => state === s.state),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, deps }) =>
    awaitFirst(client, firstRows(paymentsOf(asked(deps).request))),
  component: lazyRouteComponent(() => import("./PaymentsScreen"), "PaymentsScreen"),
});

export const newPaymentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payments/new",
  validateSearch: (s: Record<string, unknown>): { student?: string; invoice?: string } => ({
    student: text(s.student),
    invoice: text(s.invoice),
  }),
  component: lazyRouteComponent(() => import("./RecordScreen"), "RecordScreen"),
});

export const refundRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payments/refunds/$id",
  component: lazyRouteComponent(() => import("./RefundScreen"), "RefundScreen"),
});

export const paymentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payments/$id",
  component: lazyRouteComponent(() => import("./PaymentScreen"), "PaymentScreen"),
});
