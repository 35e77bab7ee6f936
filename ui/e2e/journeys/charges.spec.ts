import type { Page } from "@playwright/test";
import { axeFaults, type Bridge, expect, goTo, test } from "../fixtures/bridge";

const BOOKINGS = [
  "Booking-ID;Hendelse;Dato;Elevnr;Kode",
  "b1;Møtt;2026-11-16;1017;KT-B",
  "b2;Møtt;2026-11-17;1017;KT-B",
  "b3;Avbestilt sent;2026-11-18;1017;KT-B",
  "b4;Avbestilt i tide;2026-11-18;1003;KT-B",
  "b5;Møtt;2026-11-18;1003;KT-B",
  "b6;Ikke møtt;2026-11-19;1004;KT-90",
].join("\n");

const told = (bridge: Bridge, text: string) =>
  bridge.rpc<{ accepted: number }>("import_bookings", {
    kind: "bookings",
    content: Buffer.from(text).toString("base64"),
    file_name: "bookinger.csv",
    dry_run: false,
    skip_refused: false,
  });

const pool = (bridge: Bridge, state: string) =>
  bridge.rpc<{ total: number; rows: { id: string }[] }>("list_charges", {
    filter: { query: "", student_id: null, department_id: null, from: null, to: null, kinds: [] },
    state,
    order: null,
    window: { offset: 0, limit: 500 },
  });

/** The sample school's own bookings are taken out of the pool, so that a journey sees its own. */
test.beforeEach(async ({ bridge }) => {
  const { rows } = await pool(bridge, "unbilled");
  const ids = rows.map(({ id }) => id);
  await bridge.rpc("void_charges", { ids, reason: "Not of this journey" });
});

const row = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text }).first();

test("bookings come in from a file, once, and become charges by the rule of their day", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  const free = (await pool(bridge, "free")).total;
  await goTo(desk, "/charges/rules");
  await desk.getByRole("button", { name: "New rule" }).click();
  await desk.getByLabel("From").fill("2026-11-01");
  await desk.getByRole("button", { name: "Save rule" }).click();
  await expect(desk.getByRole("row").filter({ hasText: "50 % of the price" })).toBeVisible();

  await goTo(desk, "/import?kind=bookings");
  const file = { name: "bookinger.csv", mimeType: "text/csv", buffer: Buffer.from(BOOKINGS) };
  await desk.setInputFiles("input[type=file]", file);
  await desk.getByRole("button", { name: "Import 6 rows" }).click();
  await expect(desk.getByText("6 events are in the book.")).toBeVisible();
  await desk.getByRole("link", { name: "See the charges" }).click();
  await expect(row(desk, "Cancelled late")).toContainText("395,00");
  await expect(desk.getByText("5 charges")).toBeVisible();
  expect((await told(bridge, BOOKINGS)).accepted).toBe(0);
  expect((await pool(bridge, "free")).total).toBe(free + 1);
});

test("a charge is voided for a reason and never billed", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  const voided = (await pool(bridge, "voided")).total;
  await told(bridge, BOOKINGS);
  await goTo(desk, "/charges");
  await row(desk, "Cancelled late").locator("[data-check]").click();
  await desk.getByRole("button", { name: "Void", exact: true }).click();
  const verb = desk.getByRole("button", { name: "Void 1 charge" });
  await expect(verb).toHaveAccessibleDescription("Say why first");
  await desk.getByLabel("Reason").fill("Instructor was ill");
  await verb.click();
  await expect(desk.getByText("1 charge is voided")).toBeVisible();
  expect((await pool(bridge, "voided")).total).toBe(voided + 1);
  await expect(desk.getByText("4 charges")).toBeVisible();
});

test("a run issues what its preview shows, without whom was left out", async ({ desk, bridge }) => {
  await told(bridge, BOOKINGS);
  await goTo(desk, "/charges");
  await desk.getByRole("button", { name: "Bulk run" }).click();
  await expect(desk.getByText("3 invoices will be issued")).toBeVisible();
  await row(desk, "1004").locator("[data-check]").click();
  await expect(row(desk, "1004")).toContainText("Left out by you");
  await desk.getByRole("button", { name: "Issue 2 invoices" }).click();
  await expect(desk.getByRole("heading", { name: "Run of 2 invoices" })).toBeVisible();
  await expect(desk.getByText("Finished")).toBeVisible();
  expect((await pool(bridge, "billed")).total).toBe(4);
  expect((await pool(bridge, "unbilled")).total).toBe(1);
  await expect(desk.getByRole("grid", { name: "Invoices" }).getByText(/^A-\d+$/)).toHaveCount(2);
  await desk.getByRole("tab", { name: /Left out/ }).click();
  await expect(desk.getByRole("grid", { name: "Left out" })).toContainText("Left out by you");
  await desk.getByRole("button", { name: "Print all as one PDF" }).click();
  await expect(desk.getByText(/The file lies in/)).toBeVisible();
});

test("the invoices of a run are queued as e-mails, each once", async ({ desk, bridge }) => {
  await told(bridge, BOOKINGS);
  const account = {
    host: "127.0.0.1",
    port: 1,
    security: "none",
    username: "",
    from_name: "Testby Trafikkskole",
    from_address: "kontor@testby.example.no",
    authority: "",
    password: null,
  };
  await goTo(desk, "/charges/run");
  await desk.getByRole("button", { name: "Issue 3 invoices" }).click();
  await expect(desk.getByText("Finished")).toBeVisible({ timeout: 30_000 });
  const queue = desk.getByRole("button", { name: /^Queue/ });
  await expect(queue).toHaveAccessibleDescription("E-mail has not been set up.");
  await bridge.rpc("save_mail_settings", account);
  await expect(queue).not.toHaveAccessibleDescription(/set up/);
  await desk.getByRole("button", { name: "Queue 3 e-mails" }).click();
  await expect(desk.getByText("3 e-mails wait in the outbox")).toBeVisible();
  await expect(desk.getByText("0 sent · 3 wait")).toBeVisible();
  await expect(queue).toHaveAccessibleDescription(/is queued or sent/);
  expect(await axeFaults(desk)).toEqual([]);
});

test("who is behind a red light is marked, and left out where that is wished", async ({
  desk,
  bridge,
}) => {
  await told(bridge, BOOKINGS);
  const limits = { overdue: null, days_overdue: null, balance: null, test_lead_days: null };
  const blocked = { ...limits, balance: "1000" };
  const rule = { valid_from: "2026-11-20", watch: limits, blocked, least: null };
  await bridge.rpc("save_gate_rule", rule);
  await goTo(desk, "/charges/run");
  await expect(desk.getByText("3 invoices will be issued")).toBeVisible();
  await expect(row(desk, "1004")).toContainText("Red light");
  await expect(row(desk, "1004")).toContainText(/is owed; the limit is 1.000,00/);
  await desk.getByText("Leave out students behind a red light").click();
  await expect(row(desk, "1004")).toContainText("Left out: red light");
  expect(await axeFaults(desk)).toEqual([]);
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme });
    test("axe finds no fault in pool, rules, run and its end", async ({ desk, bridge }) => {
      await told(bridge, BOOKINGS);
      await goTo(desk, "/charges");
      await row(desk, "Cancelled late").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await goTo(desk, "/charges/rules");
      await desk.getByText("In force").first().waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await goTo(desk, "/charges/run");
      await desk.getByText("3 invoices will be issued").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await desk.getByRole("button", { name: "Issue 3 invoices" }).click();
      await desk.getByText("Finished").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
    });
  });
}
