/* Where the page of a record is. Screens of one area link to those of another only through here. */

/** What a row of an account or a hit of a search can be. */
export type RecordKind =
  | "student"
  | "payer"
  | "invoice"
  | "credit_note"
  | "payment"
  | "import"
  | "plan"
  | "recurring"
  | "reversal"
  | "refund"
  | "write_off"
  | "write_off_released"
  | "released"
  | "exchange";

const FOLDERS: Record<RecordKind, string> = {
  student: "/students",
  payer: "/payers",
  invoice: "/invoices",
  credit_note: "/invoices/credit-notes",
  payment: "/payments",
  import: "/import",
  plan: "/plans",
  recurring: "/invoices/recurring",
  // What became of a payment or an invoice stands on its page.
  reversal: "/payments",
  refund: "/payments/refunds",
  write_off: "/invoices",
  write_off_released: "/invoices",
  released: "/invoices",
  exchange: "/invoices",
};

/** The path of a record's page; of a kind this window does not know, the home page. */
export function placeOf(kind: string, id: string): string {
  const folder = FOLDERS[kind as RecordKind];
  return folder === undefined ? "/" : `${folder}/${id}`;
}

let go = (path: string): void => {
  location.hash = `#${path}`;
};

/** The router takes over: it asks a screen with unsaved work before leaving it. */
export function goBy(way: (path: string) => void): void {
  go = way;
}

/** Goes to a path with its search, from outside a component. */
export const goTo = (path: string): void => go(path);
