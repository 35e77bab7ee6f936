import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { firstRows } from "~/ui/grid";
import { awaitFirst } from "~/ui/list/awaitFirst";
import { readTexts } from "~/ui/list/filters";
import { studentsOf, wantedOf } from "./api";
import { readStatementSearch, type StatementSearch } from "./statement/period";

export interface StudentsSearch {
  query?: string;
  owing?: boolean;
  department?: string;
  sort?: string;
  /** The form for a new student stands open. */
  register?: boolean;
}

export const studentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/students",
  validateSearch: (s: Record<string, unknown>): StudentsSearch => ({
    ...readTexts(s, "text", ["query", "department", "sort"]),
    owing: s.owing === true ? true : undefined,
    register: s.register === true ? true : undefined,
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, deps }) =>
    awaitFirst(client, firstRows(studentsOf(wantedOf(deps)))),
  component: lazyRouteComponent(() => import("./StudentsScreen"), "StudentsScreen"),
});

export const statementRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/students/$id/statement",
  validateSearch: (s: Record<string, unknown>): StatementSearch => readStatementSearch(s),
  component: lazyRouteComponent(() => import("./statement/StatementScreen"), "StatementScreen"),
});

export const payerStatementRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/payers/$id/statement",
  validateSearch: (s: Record<string, unknown>): StatementSearch => readStatementSearch(s),
  component: lazyRouteComponent(
    () => import("./statement/StatementScreen"),
    "PayerStatementScreen",
  ),
});

const STUDENT_TABS = ["account", "open", "packages"] as const;
export type StudentTab = (typeof STUDENT_TABS)[number];

export const studentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/students/$id",
  validateSearch: (s: Record<string, unknown>): { tab?: StudentTab } => ({
    tab: STUDENT_TABS.find((tab) => tab === s.tab && tab !== "account"),
  }),
  component: lazyRouteComponent(() => import("./StudentScreen"), "StudentScreen"),
});
