import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "~/app/root";
import { PERIODS, type PeriodSearch } from "./period";

export const TABS = ["journal", "balance", "accounts"] as const;
export type LedgerTab = (typeof TABS)[number];

export interface LedgerSearch extends PeriodSearch {
  tab?: LedgerTab;
  /** Only entries with a line on this account. */
  account?: string;
  /** The entry whose panel stands open. */
  open?: string;
}

const text = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : String(value);

export const ledgerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ledger",
  validateSearch: (s: Record<string, unknown>): LedgerSearch => ({
    tab: TABS.find((tab) => tab === s.tab),
    period: PERIODS.find((period) => period === s.period),
    from: text(s.from),
    to: text(s.to),
    account: text(s.account),
    open: text(s.open),
  }),
  component: lazyRouteComponent(() => import("./LedgerScreen"), "LedgerScreen"),
});
