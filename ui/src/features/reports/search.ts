import { isPeriodName, type Period, type PeriodName, periodOf } from "~/domain/periods";

export const REPORTS = ["revenue", "debt", "vat", "takings"] as const;
export type ReportName = (typeof REPORTS)[number];

export const COMPARES = ["none", "before", "year_before"] as const;
export type Compare = (typeof COMPARES)[number];

export const REVENUE_BY = [
  "service",
  "department",
  "month",
  "week",
  "day",
  "quarter",
  "year",
] as const;
export const DEBT_EVERY = ["day", "week", "month", "quarter", "year"] as const;
export const VAT_EVERY = ["whole", "month", "two_months", "quarter", "year"] as const;
export const TAKINGS_EVERY = ["whole", "day", "week", "month", "quarter", "year"] as const;

/** What of a report stands in the address; what is left out is what the report begins with. */
export interface ReportSearch {
  report?: ReportName;
  period?: PeriodName;
  from?: string;
  to?: string;
  by?: string;
  compare?: Compare;
  department?: string;
  every?: string;
  desks?: boolean;
}

const oneOf = <K extends string>(value: unknown, of: readonly K[]): K | undefined =>
  of.find((known) => known === value);

const day = (value: unknown): string | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? String(value) : undefined;

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export function readReport(s: Record<string, unknown>): ReportSearch {
  return {
    report: oneOf(s.report, REPORTS),
    period: isPeriodName(s.period) ? s.period : undefined,
    from: day(s.from),
    to: day(s.to),
    by: oneOf(s.by, REVENUE_BY),
    compare: oneOf(s.compare, COMPARES),
    department: text(s.department),
    every: oneOf(s.every, [...TAKINGS_EVERY, "two_months"] as const),
    desks: typeof s.desks === "boolean" ? s.desks : undefined,
  };
}

/** What each report begins with. */
const FIRST: Record<ReportName, PeriodName> = {
  revenue: "this_year",
  debt: "last_12_months",
  vat: "this_year",
  takings: "today",
};

/** The days a report is about: typed ones, a named period, or those it begins with. */
export function daysOf(search: ReportSearch, today: string): Period & { name?: PeriodName } {
  const { report = "revenue", period, from, to } = search;
  if (from && to && from <= to) return { from, to };
  const name = period ?? FIRST[report];
  return { ...periodOf(name, today), name };
}

/** How long the parts are: as asked, or as the report begins. */
export function everyOf(search: ReportSearch): string {
  const first = { revenue: "month", debt: "month", vat: "two_months", takings: "whole" };
  const known = { revenue: REVENUE_BY, debt: DEBT_EVERY, vat: VAT_EVERY, takings: TAKINGS_EVERY };
  const report = search.report ?? "revenue";
  const asked = report === "revenue" ? search.by : search.every;
  return known[report].find((of) => of === asked) ?? first[report];
}

/** What the rows behind a figure are narrowed to. */
export interface SalesSearch {
  from: string;
  to: string;
  currency?: string;
  /** Id; `none`: without one. */
  service?: string;
  department?: string;
  code?: string;
  rate?: string;
  /** What the figure was called. */
  name?: string;
}

export function readSales(s: Record<string, unknown>): SalesSearch {
  return {
    from: day(s.from) ?? "2000-01-01",
    to: day(s.to) ?? "2199-12-31",
    currency: text(s.currency),
    service: text(s.service),
    department: text(s.department),
    code: s.code === undefined ? undefined : String(s.code),
    rate: s.rate === undefined ? undefined : String(s.rate),
    name: text(s.name),
  };
}

export interface TakingsSearch {
  from: string;
  to: string;
  currency?: string;
  method?: string;
  desk?: string;
  name?: string;
}

export function readTakings(s: Record<string, unknown>): TakingsSearch {
  const { from, to, currency, name } = readSales(s);
  const desk = s.desk === undefined ? undefined : String(s.desk);
  return { from, to, currency, name, method: text(s.method), desk };
}
