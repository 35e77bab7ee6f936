import { i18n } from "~/i18n";
import { type Fault, faultText } from "~/ipc/errors";
import type { ImportRow } from "~/ipc/gen/ImportRow";

/** Why a row is refused, in words: the import's own, or those of the form with the same rule. */
export function whyRefused(row: ImportRow): string {
  if (row.code === null) return "";
  const own = `import:why_${row.code}`;
  if (i18n.exists(own)) return String(i18n.t(own as never));
  const [code = "invalid", rule] = row.code.includes(".")
    ? row.code.split(".")
    : ["invalid", row.code];
  return faultText({ code, rule: rule ?? null, message: i18n.t("import:why_unknown") });
}

/** The reasons of refused rows in words, by their code. */
export function reasonsOf(rows: readonly ImportRow[]): Record<string, string> {
  const refused = rows.filter((row) => row.outcome === "refused" && row.code !== null);
  return Object.fromEntries(refused.map((row) => [row.code as string, whyRefused(row)]));
}

/** The name of a column as the office says it; one we do not know keeps its own. */
export function columnWord(column: string | null, kind?: string): string {
  if (column === null) return "";
  const own = `import:column_${kind}_${column}`;
  if (kind && i18n.exists(own)) return String(i18n.t(own as never));
  const key = `import:column_${column}`;
  return i18n.exists(key) ? String(i18n.t(key as never)) : column;
}

/** Why a whole file is refused; a column it lacks is named as the office says it. */
export function refusedFile(fault: Fault): string {
  const column = fault.params?.column;
  if (fault.rule !== "missing_column" || column === undefined) return faultText(fault);
  return faultText({ ...fault, params: { ...fault.params, column: columnWord(column) } });
}
