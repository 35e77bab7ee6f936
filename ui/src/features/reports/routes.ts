import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import {
  type ReportSearch,
  readReport,
  readSales,
  readTakings,
  type SalesSearch,
  type TakingsSearch,
} from "./search";

export const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reports",
  validateSearch: (s: Record<string, unknown>): ReportSearch => readReport(s),
  component: lazyRouteComponent(() => import("./ReportsScreen"), "ReportsScreen"),
});

export const salesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reports/documents",
  validateSearch: (s: Record<string, unknown>): SalesSearch => readSales(s),
  component: lazyRouteComponent(() => import("./SalesScreen"), "SalesScreen"),
});

export const takingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reports/money",
  validateSearch: (s: Record<string, unknown>): TakingsSearch => readTakings(s),
  component: lazyRouteComponent(() => import("./TakingsScreen"), "TakingsScreen"),
});
