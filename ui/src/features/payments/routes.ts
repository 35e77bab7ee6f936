import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";

export interface PaymentsSearch {
  query?: string;
  unallocated?: boolean;
  sort?: string;
}

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const paymentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payments",
  validateSearch: (s: Record<string, unknown>): PaymentsSearch => ({
    query: text(s.query),
    unallocated: s.unallocated === true ? true : undefined,
    sort: typeof s.sort === "string" ? s.sort : undefined,
  }),
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
