import type { IssueCheck } from "~/ipc/gen/IssueCheck";
import type { LineInput } from "~/ipc/gen/LineInput";
import { cellName, placesOf } from "./draft";

/** Cells of a line that a check may be about; of anything else its first cell is. */
const CELLS = new Set(["quantity", "unit_price", "discount_percent", "tax_code"]);
const HEAD = new Set([
  "student_id",
  "issue_date",
  "due_date",
  "delivery_date",
  "payers",
  "discount",
  "currency",
]);
/** What the editor cannot mend, and the page that can. */
const PAGES: Record<string, string> = { seller: "/settings?tab=school" };

/** Where the rates of other currencies are set. */
const RATES = "/settings?tab=exchange";

/** Where a check leads: to a field by its name, to a page, or nowhere. */
export type Target = { field: string } | { page: string };

export function targetOf(check: IssueCheck, lines: readonly LineInput[]): Target | undefined {
  const { field, line } = check;
  if (check.outcome === "ok") return undefined;
  // A rate stands in the settings; the currency itself is chosen here.
  if (check.check === "exchange" && check.code !== "currency") return { page: RATES };
  if (field === null) return undefined;
  // The names of services stand on the page of the mapping, not in a field here.
  if (check.check === "mapping") return { page: "/mapping?missing=true" };
  const page = PAGES[field];
  if (page !== undefined) return { page };
  if (field.startsWith("payers.")) return { field: "payers" };
  if (HEAD.has(field)) return { field };
  if (line === null && field !== "lines" && !CELLS.has(field)) return undefined;
  const place = placesOf(lines)[line ?? 0] ?? 0;
  return { field: cellName(place, CELLS.has(field) ? field : "description") };
}

/** The check with the number that its line has in the sheet, where blank lines count too. */
export function asShown(check: IssueCheck, lines: readonly LineInput[]): IssueCheck {
  if (check.line === null) return check;
  const place = placesOf(lines)[check.line];
  if (place === undefined) return check;
  return { ...check, params: { ...check.params, line: String(place + 1) } };
}
