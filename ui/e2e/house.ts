/* The whole house in use, and every screen of it: what pictures are taken of and what is looked at
   in one walk. A screen that has a route and no place here fails the walk. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { ImportCsv } from "~/ipc/gen/ImportCsv";
import type { InvoiceFilter } from "~/ipc/gen/InvoiceFilter";
import type { SaveMilestone } from "~/ipc/gen/SaveMilestone";
import type { SavePayer } from "~/ipc/gen/SavePayer";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import { type Bridge, expect, goTo } from "./fixtures/bridge";
import { connect, connection, mapTheRest } from "./fixtures/connecting";

/** A screen as it is drawn: its name, the route behind it, and the address that opens it. */
export interface Place {
  name: string;
  route: string;
  path: string;
}

interface Rows {
  rows: { id: string; kind?: string }[];
}

const window = { offset: 0, limit: 1 };
const nobody = { student_id: null, department_id: null };
const everything: InvoiceFilter = {
  view: "all",
  query: "",
  ...nobody,
  payer_id: null,
  run_id: null,
  issued_from: null,
  issued_to: null,
  due_from: null,
  due_to: null,
  amount_from: null,
  amount_to: null,
};
const pool = { query: "", ...nobody, from: null, to: null, kinds: [] };

/** Connects an accounting system, lets one cause stop the export, and bills a run. */
export async function furnish(desk: Page, bridge: Bridge): Promise<void> {
  await connect(desk);
  // Their accounts are read after the company is chosen.
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  const { id: connection_id } = (await connection(bridge)) ?? { id: "" };
  await bridge.rpc("start_export", { connection_id });
  const stopped = async () => ((await connection(bridge))?.attention ?? 0) > 0;
  await expect.poll(stopped, { timeout: 60_000 }).toBe(true);
  const month = { from: "2026-11-01", to: "2026-11-30" };
  await bridge.rpc("read_reconciliation", { connection_id, ...month });
  const runs = async () => (await bridge.rpc<{ running: boolean }>("export_status", {})).running;
  await expect.poll(runs, { timeout: 60_000 }).toBe(false);
  await bridge.rpc("read_provider_report", { connection_id, kind: "trial_balance", ...month });

  const dates = { issue_date: "2026-11-20", due_date: "2026-12-04" };
  const id = "0d6cf5a0-3a32-4c1e-9f4e-6f1f0a6f0001";
  const filter = { ...pool, to: "2026-11-14" };
  const wish = { id, filter, ...dates, overdue_days: null, leave_out_blocked: false, except: [] };
  const seen = await bridge.rpc<{ invoices: number; gross: { amount: string } }>(
    "preview_run",
    wish,
  );
  const { invoices, gross } = seen;
  await bridge.rpc("issue_run", { wish, invoices, gross: gross.amount });
}

async function first(bridge: Bridge, name: string, request: object): Promise<string> {
  const { rows } = await bridge.rpc<Rows>(name, { order: null, window, ...request });
  const [row] = rows;
  if (!row) throw new Error(`${name} shows nothing to draw`);
  return row.id;
}

async function creditNote(bridge: Bridge): Promise<string> {
  const request = { filter: everything, order: null, window: { offset: 0, limit: 500 } };
  const { rows } = await bridge.rpc<Rows>("list_invoices", request);
  const note = rows.find(({ kind }) => kind === "credit_note");
  if (!note) throw new Error("no credit note to draw");
  return note.id;
}

/** A student with a package that a booking drew on. */
async function boughtAhead(bridge: Bridge): Promise<string> {
  const request = { filter: pool, state: "drawn", order: null, window };
  const { rows } = await bridge.rpc<{ rows: { student_id: string }[] }>("list_charges", request);
  const [drawn] = rows;
  if (!drawn) throw new Error("nobody drew on a package");
  return drawn.student_id;
}

/** A template with a past, something that has come, and what comes next. */
async function comesAgain(bridge: Bridge, student: string): Promise<string> {
  const line = {
    service_id: null,
    kind: "fee",
    description: "Parking place",
    quantity: "1",
    unit_price: "450",
    discount_percent: "0",
    tax_code: "3",
    income_account: "",
  };
  const template: SaveRecurring = {
    id: "0d6cf5a0-3a32-4c1e-9f4e-6f1f0a6f0006",
    name: "Parking place",
    department_id: null,
    student_ids: [student],
    lines: [line],
    payers: null,
    discount: null,
    reference: "",
    note: "",
    rhythm: "monthly",
    every: 1,
    day: 31,
    from: "2026-08-31",
    until: null,
    count: null,
    terms: { from: "issue", days: 14 },
    issue: true,
  };
  await bridge.rpc("save_recurring", template);
  await bridge.rpc("make_recurring", {});
  const weekly = { rhythm: "weekly", every: 2, from: "2026-11-06", issue: false };
  const id = "0d6cf5a0-3a32-4c1e-9f4e-6f1f0a6f0007";
  await bridge.rpc("save_recurring", { ...template, ...weekly, id, name: "Use of the simulator" });
  return template.id;
}

/** A file that was read in, of which a part is used since. */
async function broughtIn(bridge: Bridge): Promise<string> {
  const names = ["Åse Nygård", "Łucja Groß", "Dag Ås"];
  const lines = names.map((name, at) => `${9001 + at};${name};Storgata ${at + 1}`);
  const file: ImportCsv = {
    kind: "students",
    content: Buffer.from(["Number;Name;Address", ...lines].join("\n")).toString("base64"),
    file_name: "students-of-spring.csv",
    dry_run: false,
    skip_refused: false,
    reading: null,
    mapping: null,
    keep_as: null,
    method: null,
    vat: null,
  };
  const { import_id } = await bridge.rpc<{ import_id: string }>("import_csv", file);
  return import_id;
}

/** Something of each kind, by the placeholder of its route. */
async function objects(bridge: Bridge): Promise<Record<string, string>> {
  const owing = { query: "", department_id: null, owing: true };
  const money = { query: "", student_id: null, unallocated: true };
  const student = await first(bridge, "list_students", owing);
  const payment = await first(bridge, "list_payments", money);
  const refund = "0d6cf5a0-3a32-4c1e-9f4e-6f1f0a6f0002";
  const paid = await bridge.rpc<{ student_id: string }>("find_payment", { id: payment });
  const credit = { source: "payment", source_id: payment };
  await bridge.rpc("pay_refund", {
    id: refund,
    student_id: paid.student_id,
    method: "bank",
    paid_on: "2026-11-20",
    amount: "100",
    sources: [credit],
    reference: "",
    reason: "Paid too much",
  });
  const overdue = { filter: { ...everything, view: "overdue" } };
  const invoice = await first(bridge, "list_invoices", overdue);
  const owed = await bridge.rpc<{ student_id: string }>("find_invoice", { id: invoice });
  const plan = "0d6cf5a0-3a32-4c1e-9f4e-6f1f0a6f0003";
  await bridge.rpc("agree_plan", {
    id: plan,
    student_id: owed.student_id,
    invoice_ids: [invoice],
    replaces: null,
    split: { count: 4, first_due: "2026-11-27", rhythm: "monthly", remainder: "last" },
    instalments: [],
    grace_days: 7,
    note: "",
  });
  const payer: SavePayer = {
    id: "0d6cf5a0-3a32-4c1e-9f4e-6f1f0a6f0004",
    kind: "agency",
    number: "",
    department_id: null,
    person: {
      name: "Opplæringskontoret Fjordby",
      email: "faktura@example.no",
      phone: "",
      address: {
        line1: "Rådhusgata 3",
        line2: "",
        postal_code: "9990",
        city: "Fjordby",
        country: "NO",
      },
      reach_by: null,
    },
    org_number: "",
    vat_number: "",
    reference: "PO 77",
    terms: null,
    active: true,
  };
  await bridge.rpc("save_payer", payer);
  const milestone: SaveMilestone = {
    id: "0d6cf5a0-3a32-4c1e-9f4e-6f1f0a6f0005",
    name: "First half",
    before: "lesson",
    lesson: 5,
    service_id: null,
    amount: "40000",
    active: true,
  };
  await bridge.rpc("save_milestone", milestone);
  const recurring = await comesAgain(bridge, student);
  const { rows: runs } = await bridge.rpc<Rows>("list_runs", {});
  const imported = await broughtIn(bridge);
  return {
    student,
    payment,
    refund,
    run: runs[0]?.id ?? "",
    invoice,
    plan,
    payer: payer.id,
    recurring,
    imported,
    ahead: await boughtAhead(bridge),
    draft: await first(bridge, "list_invoices", { filter: { ...everything, view: "draft" } }),
    note: await creditNote(bridge),
  };
}

/** Every screen, with what it needs at hand. */
export async function places(bridge: Bridge): Promise<Place[]> {
  const its = await objects(bridge);
  const at = (name: string, route: string, path = route): Place => ({ name, route, path });
  return [
    at("home", "/"),
    at("students", "/students"),
    at("student", "/students/$id", `/students/${its.student}`),
    at("statement", "/students/$id/statement", `/students/${its.student}/statement?from=all`),
    at(
      "statement-open",
      "/students/$id/statement",
      `/students/${its.student}/statement?style=open`,
    ),
    at("student-packages", "/students/$id", `/students/${its.ahead}?tab=packages`),
    at("invoices", "/invoices"),
    at("invoice", "/invoices/$id", `/invoices/${its.invoice}`),
    at("invoice-new", "/invoices/new", `/invoices/new?student=${its.student}`),
    at("draft", "/invoices/drafts/$id", `/invoices/drafts/${its.draft}`),
    at("recurring", "/invoices/recurring"),
    at("recurring-one", "/invoices/recurring/$id", `/invoices/recurring/${its.recurring}`),
    at(
      "recurring-edit",
      "/invoices/recurring/$id/edit",
      `/invoices/recurring/${its.recurring}/edit`,
    ),
    at(
      "recurring-new",
      "/invoices/recurring/new",
      `/invoices/recurring/new?invoice=${its.invoice}`,
    ),
    at("credit-note", "/invoices/credit-notes/$id", `/invoices/credit-notes/${its.note}`),
    at("payments", "/payments"),
    at("payment-new", "/payments/new", `/payments/new?student=${its.student}`),
    at("payment", "/payments/$id", `/payments/${its.payment}`),
    at("refund", "/payments/refunds/$id", `/payments/refunds/${its.refund}`),
    at("payers", "/payers"),
    at("payer", "/payers/$id", `/payers/${its.payer}`),
    at("payer-statement", "/payers/$id/statement", `/payers/${its.payer}/statement?from=all`),
    at("plans", "/plans"),
    at("packages", "/packages"),
    at("plan", "/plans/$id", `/plans/${its.plan}`),
    at("ageing", "/ageing"),
    at("ageing-departments", "/ageing", "/ageing?group=department"),
    at("ageing-payers", "/ageing", "/ageing?group=payer"),
    at("ageing-items", "/ageing/items", "/ageing/items?column=1"),
    at("reminders", "/reminders"),
    ...["revenue", "debt", "vat", "takings"].map((report) =>
      at(`report-${report}`, "/reports", `/reports?report=${report}&period=this_year`),
    ),
    at(
      "report-documents",
      "/reports/documents",
      `/reports/documents?from=2026-10-01&to=2026-10-31`,
    ),
    at("report-money", "/reports/money", `/reports/money?from=2026-10-01&to=2026-10-31`),
    at("charges", "/charges"),
    at("charge-rules", "/charges/rules"),
    at("run-preview", "/charges/run"),
    at("run", "/charges/run/$id", `/charges/run/${its.run}`),
    at("import", "/import"),
    at("imported", "/import/$id", `/import/${its.imported}`),
    at("connections", "/connections"),
    at("mapping", "/mapping"),
    at("exports", "/exports"),
    at("review", "/review"),
    at("conflicts", "/conflicts"),
    at("reconcile", "/reconcile"),
    at("their-reports", "/reconcile/reports", "/reconcile/reports?kind=trial_balance"),
    at("health", "/health"),
    ...["journal", "balance", "accounts"].map((tab) =>
      at(`ledger-${tab}`, "/ledger", `/ledger?tab=${tab}&period=all`),
    ),
    at("audit", "/audit"),
    ...[
      "display",
      "school",
      "prices",
      "vat",
      "exchange",
      "series",
      "milestones",
      "reminders",
      "owing",
      "files",
      "users",
      "book",
    ].map((tab) => at(`settings-${tab}`, "/settings", `/settings?tab=${tab}`)),
  ];
}

/** Opens a screen and waits until nothing on it is on its way. */
export async function open(desk: Page, path: string): Promise<void> {
  await goTo(desk, path);
  await desk.locator("#work h1").first().waitFor();
  await expect(desk.locator("[aria-busy=true]")).toHaveCount(0, { timeout: 15_000 });
  await desk.waitForTimeout(400);
}

/** The routes the features declare. */
export function routes(): string[] {
  const features = join(import.meta.dirname, "../src/features");
  const files = readdirSync(features, { recursive: true, encoding: "utf8" });
  const declared = files
    .filter((file) => /routes\.tsx?$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(features, file), "utf8").matchAll(/^ {2}path: "([^"]+)"/gm)].map(
        ([, path]) => path ?? "",
      ),
    );
  return [...new Set(declared)].sort();
}
