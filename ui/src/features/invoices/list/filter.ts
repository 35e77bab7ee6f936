import type { InvoiceFilter } from "~/ipc/gen/InvoiceFilter";
import type { Order } from "~/ipc/gen/Order";
import type { SortBy } from "~/ui/grid";
import { readTexts } from "~/ui/list/filters";

export const VIEWS = [
  "all",
  "draft",
  "open",
  "overdue",
  "part_paid",
  "paid",
  "credited",
  "export_failed",
] as const;
export type View = (typeof VIEWS)[number];

/** What of the list stands in the address, so that a link shows the same rows. */
export interface ListSearch {
  view?: View;
  q?: string;
  student?: string;
  department?: string;
  payer?: string;
  issued_from?: string;
  issued_to?: string;
  due_from?: string;
  due_to?: string;
  amount_from?: string;
  amount_to?: string;
  /** A column by its wire name, with `-` in front when the largest comes first. */
  sort?: string;
}

const TEXTS = ["q", "student", "payer", "department", "sort"] as const;
const DAYS = ["issued_from", "issued_to", "due_from", "due_to"] as const;
const AMOUNTS = ["amount_from", "amount_to"] as const;
const NARROWING = ["q", "student", "payer", "department", ...DAYS, ...AMOUNTS] as const;

/** Reads an address that anybody may have written: what makes no sense is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const view = VIEWS.find((v) => v === search.view);
  return {
    ...(view && view !== "all" ? { view } : {}),
    ...readTexts(search, "text", TEXTS),
    ...readTexts(search, "day", DAYS),
    ...readTexts(search, "amount", AMOUNTS),
  };
}

export function filterOf(search: ListSearch): InvoiceFilter {
  return {
    view: search.view ?? "all",
    query: search.q ?? "",
    student_id: search.student ?? null,
    payer_id: search.payer ?? null,
    department_id: search.department ?? null,
    run_id: null,
    issued_from: search.issued_from ?? null,
    issued_to: search.issued_to ?? null,
    due_from: search.due_from ?? null,
    due_to: search.due_to ?? null,
    amount_from: search.amount_from ?? null,
    amount_to: search.amount_to ?? null,
  };
}

/** The newest first, unless the address says otherwise. */
export function sortOf(search: ListSearch): SortBy {
  const by = search.sort ?? "-issue_date";
  return by.startsWith("-")
    ? { column: by.slice(1), direction: "descending" }
    : { column: by, direction: "ascending" };
}

export const orderOf = (sort: SortBy): Order => ({
  by: sort.column,
  descending: sort.direction === "descending",
});

export const sortText = (sort: SortBy): string =>
  sort.direction === "descending" ? `-${sort.column}` : sort.column;

export const isNarrowed = (search: ListSearch): boolean =>
  NARROWING.some((key) => search[key] !== undefined);
