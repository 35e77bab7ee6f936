// The real window, driven through WebKitGTK's own driver: what only real IPC, the real keychain
// and the real engine can prove. Everything else is proved by the journeys in Chromium.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { openWindow } from "./driver.mjs";

const { KONTOR_APP: binary, KONTOR_SIMULATOR: simulator } = process.env;
assert.ok(binary, "KONTOR_APP names the desktop program");
assert.ok(simulator, "KONTOR_SIMULATOR names the simulated Xero");

let folder;
let window;
let xero;

/** A Xero on the loopback that loses every fifth answer. */
async function startXero() {
  const options = ["--norwegian", "--unlimited", "--faults", "lossy"];
  xero = spawn(simulator, options, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: xero.stdout })) return line;
  throw new Error("the simulator ended before it listened");
}

/** A browser for the sign-in: it follows the address and comes back to the desk. */
async function browser() {
  const path = join(folder, "xdg-open");
  const script = "#!/usr/bin/env node\nawait fetch(process.argv[2]);\n";
  await writeFile(path, script, { mode: 0o755 });
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  return `${folder}:${process.env.PATH}`;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "kontor-window-"));
  const env = { KONTOR_DATA: join(folder, "desk"), KONTOR_XERO_URL: await startXero() };
  window = await openWindow({ binary, env: { ...env, PATH: await browser() } });
  await window.execute(`window.seenFaults = [];
    addEventListener("error", (e) => window.seenFaults.push(String(e.message)));
    addEventListener("unhandledrejection", (e) => window.seenFaults.push(String(e.reason)));
    addEventListener("securitypolicyviolation", (e) =>
      window.seenFaults.push(e.violatedDirective + " " + e.blockedURI));`);
});

after(async () => {
  await window?.close();
  xero?.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Asks the office as the page does, through the window's own IPC. */
const ask = (name, request) =>
  window.execute(
    "return window.__TAURI_INTERNALS__.invoke('rpc', { name: arguments[0], request: arguments[1] })",
    name,
    request,
  );

/**
 * How the page is told of a size that is handed on with the next frame only (Resize Observer,
 * "deliver resize loop error"): no fault where it happens now and then on a busy machine. A loop of
 * sizes would tell it with every frame.
 */
const SETTLES_LATER = "ResizeObserver loop";
const FEW = 5;

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
  const files = await readdir(join(folder, "desk"));
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

/** Waits until something is so of the only connection. */
async function until(what, isReached, pauseMs = 300) {
  const end = Date.now() + 150_000;
  for (;;) {
    const { connections } = await ask("connections", {});
    if (connections[0] && (await isReached(connections[0]))) return connections[0];
    assert.ok(Date.now() < end, `${what}: ${JSON.stringify(connections)}`);
    await new Promise((done) => setTimeout(done, pauseMs));
  }
}

test("the story of the desk is told in the window too", async () => {
  const list = "Elevnr;Navn;Poststed\n9001;Åse Nygård;Fjordby\n12A;Bård Vik;Fjordby\n";
  const report = await ask("import_csv", {
    kind: "students",
    content: Buffer.from(list).toString("base64"),
    file_name: "elever.csv",
    dry_run: false,
    skip_refused: true,
  });
  assert.deepEqual([report.accepted, report.refused], [1, 1]);

  const { today } = await ask("desk_status", {});
  await window.press("Connections");
  await window.press("Connect a system");
  await window.press("Go on in the browser");
  await window.sees("Choose the company");
  await window.press("Connect Simulated Driving School Ltd");
  await window.sees("Mapping");

  // Their accounts are read after the company is chosen; suggestions come with them.
  const mapped = async ({ id }) => (await ask("mapping", { connection_id: id })).rows;
  const { id } = await until("there are suggestions", async (connection) =>
    (await mapped(connection)).some(({ suggestion }) => suggestion !== null),
  );
  const rows = await mapped({ id });
  const theirs = { service: "3000", payment_method: "1920", tax_code: "TAX001" };
  const change = ({ kind, local_key, suggestion }) => ({
    kind,
    local_key,
    remote_code: suggestion?.remote_code ?? theirs[kind] ?? null,
    from_suggestion: suggestion !== null,
  });
  const save = (of) => ask("save_mapping", { connection_id: id, changes: of.map(change) });
  const isLeftOut = ({ kind, code }) => kind === "tax_code" && code === "6";
  await save(rows.filter((row) => !isLeftOut(row)));
  await ask("start_export", { connection_id: id });

  await until("something stops", ({ attention }) => attention > 0);
  await window.execute("location.hash = '#/review'");
  await window.sees("has no tax rate in Xero");
  await save(rows.filter(isLeftOut));
  await window.sees("All sent", 150_000);
  await window.sees("Nothing needs a person");
  // Comparing costs calls, of which a minute has only so many.
  const aYearBack = new Date(Date.parse(today) - 364 * 86_400_000).toISOString().slice(0, 10);
  const period = { connection_id: id, from: aYearBack, to: today };
  const agree = () =>
    ask("read_reconciliation", period).then(
      ({ differences }) => differences.length === 0,
      () => false,
    );
  await until("both books agree", agree, 10_000);

  const any = { student_id: null, department_id: null, issued_from: null, issued_to: null };
  const whole = { due_from: null, due_to: null, amount_from: null, amount_to: null };
  const merged = await ask("merged_paper", {
    filter: { view: "paid", query: "", ...any, ...whole },
    ids: [],
    except: [],
    wish: { inline: false, folder: null },
  });
  assert.equal((await readFile(merged.path)).subarray(0, 5).toString(), "%PDF-");
});

test("the page may not ask for what is not its own", async () => {
  const outcome = await window.execute(
    `return window.__TAURI_INTERNALS__.invoke('open_address', { address: 'file:///etc/passwd' })
       .then(() => 'opened', (fault) => fault.code)`,
  );
  assert.equal(outcome, "bad_request");
});

test("a second start hands over to the first", async () => {
  const second = spawn(binary, {
    env: { ...process.env, KONTOR_DATA: join(folder, "desk") },
    stdio: "ignore",
  });
  const code = await new Promise((done) => second.on("exit", done));
  assert.equal(code, 0);
  await window.sees("Invoices");
});

test("the page reports no violation of its content policy and no error", async () => {
  const faults = await window.execute("return window.seenFaults");
  const isLater = (fault) => fault.startsWith(SETTLES_LATER);
  assert.deepEqual(
    faults.filter((fault) => !isLater(fault)),
    [],
  );
  const later = faults.filter(isLater);
  assert.ok(later.length <= FEW, `${later.length} sizes did not settle in their frame`);
});
