import type { ReportWish } from "~/ipc/gen/ReportWish";
import { daysOf, everyOf, type ReportSearch } from "./search";

/** The report that an address asks for, as the backend is asked. */
export function wishOf(search: ReportSearch, today: string): ReportWish {
  const { from, to } = daysOf(search, today);
  const department_id = search.department ?? null;
  const every = everyOf(search);
  switch (search.report ?? "revenue") {
    case "revenue":
      return {
        revenue: { from, to, by: every, department_id, compare: search.compare ?? "none" },
      };
    case "debt":
      return { debt: { from, to, every } };
    case "vat":
      return { vat: { from, to, every, department_id } };
    case "takings":
      return { takings: { from, to, every, by_desk: search.desks ?? every === "whole" } };
  }
}
