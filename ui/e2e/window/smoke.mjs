// The real window, driven through WebKitGTK's own driver: what only real IPC, the real keychain
// and the real engine can prove. Everything else is proved by the journeys in Chromium.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openWindow } from "./driver.mjs";

const binary = process.env.KONTOR_APP;
assert.ok(binary, "KONTOR_APP names the desktop program");

let folder;
let window;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "kontor-window-"));
  window = await openWindow({ binary, env: { KONTOR_DATA: folder } });
  await window.execute(`window.seenFaults = [];
    addEventListener("error", (e) => window.seenFaults.push(String(e.message)));
    addEventListener("unhandledrejection", (e) => window.seenFaults.push(String(e.reason)));
    addEventListener("securitypolicyviolation", (e) =>
      window.seenFaults.push(e.violatedDirective + " " + e.blockedURI));`);
});

after(async () => {
  await window?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Asks the office as the page does, through the window's own IPC. */
const ask = (name, request) =>
  window.execute(
    "return window.__TAURI_INTERNALS__.invoke('rpc', { name: arguments[0], request: arguments[1] })",
    name,
    request,
  );

test("an empty machine asks for a school", async () => {
  await window.sees("Set up your school");
});

test("the sample school opens with its key in the keychain", async () => {
  await window.press("Explore the sample school");
  await window.press("Students");
  await window.sees("Balance");
  const status = await ask("desk_status", {});
  assert.equal(status.state, "ready");
  assert.equal(status.protection, "keychain");
  const files = await readdir(folder);
  assert.ok(files.includes("book.kontor"), `the book lies in its folder, beside ${files}`);
});

test("an invoice is issued offline and becomes a paper", async () => {
  const { today } = await ask("desk_status", {});
  const student = await ask("list_students", {
    query: "",
    department_id: null,
    owing: false,
    order: null,
    window: { offset: 0, limit: 1 },
  });
  const { rows: services } = await ask("list_services", { query: "", include_inactive: false });
  const [service] = services;
  const draft = {
    id: crypto.randomUUID(),
    student_id: student.rows[0].id,
    department_id: null,
    issue_date: today,
    delivery_date: null,
    due_date: today,
    reference: "",
    note: "",
    lines: [
      {
        service_id: service.id,
        kind: service.kind,
        description: service.name,
        quantity: "2",
        unit_price: service.unit_price,
        discount_percent: "0",
        tax_code: service.tax_code,
        income_account: service.income_account,
      },
    ],
  };
  const invoice = await ask("issue_invoice", { draft });
  const again = await ask("issue_invoice", { draft });
  assert.equal(again.number, invoice.number, "issuing twice issues once");
  await window.press("Invoices");
  await window.sees(invoice.number);
  const paper = await ask("paper", {
    kind: "invoice",
    id: invoice.id,
    draft: null,
    wish: { inline: true, folder: null },
  });
  assert.match(atob(paper.content).slice(0, 5), /^%PDF-/);
});

test("the page may not ask for what is not its own", async () => {
  const outcome = await window.execute(
    `return window.__TAURI_INTERNALS__.invoke('open_address', { address: 'file:///etc/passwd' })
       .then(() => 'opened', (fault) => fault.code)`,
  );
  assert.equal(outcome, "bad_request");
});

test("a second start hands over to the first", async () => {
  const second = spawn(binary, { env: { ...process.env, KONTOR_DATA: folder }, stdio: "ignore" });
  const code = await new Promise((done) => second.on("exit", done));
  assert.equal(code, 0);
  await window.sees("Invoices");
});

test("the page reports no violation of its content policy and no error", async () => {
  const faults = await window.execute("return window.seenFaults");
  assert.deepEqual(faults, []);
});
