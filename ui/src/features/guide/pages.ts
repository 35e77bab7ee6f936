/* The pages of the guide in the order of its list. What they say stands in `pages/<language>/<id>.json`. */

/** A task, where it is done and who proves its page. */
export interface Task {
  id: string;
  section: Section;
  /** The routes it belongs to; `/settings?tab=owing` is one tab. The first page of a route opens with it. */
  at: readonly string[];
  /** The screen that "Show me where" opens. */
  go: string;
}

export const SECTIONS = [
  "begin",
  "bill",
  "money",
  "owing",
  "figures",
  "accounting",
  "desk",
] as const;
export type Section = (typeof SECTIONS)[number];

const task = (section: Section, id: string, go: string, ...at: string[]): Task => ({
  id,
  section,
  go,
  at: at.length > 0 ? at : [go],
});

export const TASKS: readonly Task[] = [
  task("begin", "first-start", "/settings?tab=school", "/settings?tab=school"),
  task("begin", "add-student", "/students", "/students", "/students/$id"),
  task("begin", "price-list", "/settings?tab=prices"),
  task("begin", "vat-rates", "/settings?tab=vat"),
  task("begin", "exchange-rates", "/settings?tab=exchange"),
  task("begin", "import-file", "/import"),
  task("begin", "take-back-file", "/import", "/import/$id"),
  task(
    "bill",
    "write-invoice",
    "/invoices/new",
    "/invoices/new",
    "/invoices/drafts/$id",
    "/invoices",
  ),
  task(
    "bill",
    "recurring-invoice",
    "/invoices/recurring",
    "/invoices/recurring",
    "/invoices/recurring/new",
    "/invoices/recurring/$id",
    "/invoices/recurring/$id/edit",
  ),
  task("bill", "foreign-invoice", "/invoices/new"),
  task("bill", "bulk-run", "/charges", "/charges", "/charges/run", "/charges/run/$id"),
  task("bill", "charge-rules", "/charges/rules"),
  task("bill", "split-payers", "/payers", "/payers", "/payers/$id"),
  task("bill", "credit-note", "/invoices", "/invoices/credit-notes/$id"),
  task("bill", "sell-package", "/settings?tab=prices", "/students/$id?tab=packages"),
  task("bill", "draw-package", "/students"),
  task("bill", "extend-package", "/packages"),
  task("bill", "milestones", "/settings?tab=milestones"),
  task("money", "take-payment", "/payments/new", "/payments/new", "/payments", "/payments/$id"),
  task("money", "foreign-payment", "/payments/new"),
  task("money", "use-credit", "/payments?unallocated=true"),
  task("money", "returned-payment", "/payments"),
  task("money", "pay-back", "/payments?unallocated=true", "/payments/refunds/$id"),
  task("money", "payment-plan", "/plans", "/plans", "/plans/$id"),
  task("owing", "who-owes", "/ageing", "/ageing", "/ageing/items"),
  task("owing", "statement", "/students", "/students/$id/statement", "/payers/$id/statement"),
  task("owing", "debt-gate", "/settings?tab=owing"),
  task("owing", "remind", "/reminders"),
  task("owing", "hold-reminders", "/reminders"),
  task("owing", "reminder-schedule", "/settings?tab=reminders"),
  task("owing", "text-messages", "/settings?tab=reminders"),
  task("owing", "write-off", "/invoices?view=overdue", "/invoices/$id"),
  task("figures", "reports", "/reports", "/reports", "/", "/reports/documents", "/reports/money"),
  task("figures", "vat-report", "/reports?report=vat"),
  task("figures", "ledger", "/ledger"),
  task("figures", "accountant-files", "/settings?tab=files"),
  task("accounting", "connect-system", "/connections"),
  task("accounting", "connect-quickbooks", "/connections"),
  task("accounting", "connect-sage", "/connections"),
  task("accounting", "map-accounts", "/mapping"),
  task("accounting", "send-documents", "/exports"),
  task("accounting", "review-failures", "/review"),
  task("accounting", "conflicts", "/conflicts"),
  task("accounting", "reconcile", "/reconcile"),
  task("accounting", "their-reports", "/reconcile/reports"),
  task("accounting", "health", "/health"),
  task("accounting", "csv-folder", "/connections"),
  task("desk", "several-schools", "/"),
  task("desk", "users", "/settings?tab=users"),
  task("desk", "audit", "/audit"),
  task("desk", "let-go", "/students"),
  task("desk", "number-series", "/settings?tab=series"),
  task("desk", "keep-view", "/invoices?view=overdue"),
  task("desk", "keyboard", "/settings?tab=display", "/settings?tab=display", "/settings"),
  task("desk", "the-book", "/settings?tab=book"),
  task("desk", "offline", "/exports"),
];

export const taskOf = (id: string): Task | undefined => TASKS.find((one) => one.id === id);

/** A path that may hold placeholders, against one that was opened. */
function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const opened = path.split("/");
  const isSame = (part: string, at: number) => part.startsWith("$") || part === opened[at];
  return wanted.length === opened.length && wanted.every(isSame);
}

/** How closely a place of a task is the one that was opened: a tab of it is closer than the screen. */
function closeness(place: string, path: string, search: URLSearchParams): number {
  const [route = "", asked = ""] = place.split("?");
  if (!fits(route, path)) return 0;
  const wanted = [...new URLSearchParams(asked)];
  const hasAll = wanted.every(([name, value]) => search.get(name) === value);
  // A placeholder is a looser fit than a name.
  return hasAll ? 1 + 2 * wanted.length + (route.includes("$") ? 0 : 1) : 0;
}

/** The task of the screen that stands at an address, such as `/settings?tab=owing`. */
export function taskAt(address: string): Task | undefined {
  const [path = "", asked = ""] = address.split("?");
  const search = new URLSearchParams(asked);
  let best: { task: Task; close: number } | undefined;
  for (const one of TASKS)
    for (const place of one.at) {
      const close = closeness(place, path, search);
      if (close > (best?.close ?? 0)) best = { task: one, close };
    }
  return best?.task;
}
