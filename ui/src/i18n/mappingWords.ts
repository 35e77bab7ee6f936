/* The words beside what is mapped: the kind of a service, the class of an account, a rate. */
import type { MappingRow } from "~/ipc/gen/MappingRow";
import type { RemoteChoice } from "~/ipc/gen/RemoteChoice";
import { i18n } from "./index";

const word = (key: string, otherwise: string): string =>
  String(i18n.t(`mapping:${key}` as never, { defaultValue: otherwise } as never));

/** `lesson · 25 %` with its first word in the language of the window. */
export function rowDetail(row: Pick<MappingRow, "kind" | "detail" | "local_key">): string {
  if (row.kind === "currency") return currencyName(row.local_key);
  if (row.kind === "customer") return i18n.t("mapping:students_detail");
  if (row.kind === "ledger_account") return word(`class_${row.detail}`, row.detail);
  if (row.kind !== "service") return row.detail;
  const [kind = "", ...rest] = row.detail.split(" · ");
  return [word(`service_${kind}`, kind), ...rest].filter((part) => part !== "").join(" · ");
}

/** `Euro`, in the language of the window; the code where it has no name. */
function currencyName(code: string): string {
  const names = new Intl.DisplayNames([i18n.language], { type: "currency", fallback: "code" });
  return names.of(code) ?? code;
}

/** The class of an account, or the rate of a tax code. */
export function choiceDetail(choice: Pick<RemoteChoice, "fits" | "detail">): string {
  if (choice.fits.includes("tax_code"))
    return choice.detail === "" ? "" : `${choice.detail.replace(".", ",")} %`;
  return choice.detail === "" ? "" : word(`class_${choice.detail}`, choice.detail);
}

/** Lines without an entry of the price list go by their account; those without one have no name. */
const isFreeText = (row: Pick<MappingRow, "local_key">) => row.local_key === "account:";
type Named = Pick<MappingRow, "local_key" | "label" | "code">;

/** How students stand there, by its code. */
export const formName = (code: string): string => word(`customer_${code}`, code);

/** What is chosen for all students together. */
const isStudents = (row: Named) => row.local_key === "students" && row.label === "students";

/** What fields of the school's own may be filled with. */
const FIELDS = new Set(["student_number", "department", "payment_reference", "reference"]);
const isField = (row: Named) => FIELDS.has(row.local_key) && row.label === row.local_key;

/** What is mapped, by its name. */
export const rowLabel = (row: Named): string =>
  isField(row)
    ? word(`field_${row.local_key}`, row.label)
    : isFreeText(row)
      ? i18n.t("mapping:free_text")
      : isStudents(row)
        ? i18n.t("mapping:students")
        : row.label;

/** The code of what is mapped, where it has one. */
export const rowCode = (row: Named): string => (isFreeText(row) ? "" : row.code);
