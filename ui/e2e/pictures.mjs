// Pictures of every screen of the sample school, light and dark: `cargo xtask pictures`.
// They go to `pictures/` at the top of the checkout, which git ignores, to be looked at.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = join(top, "pictures");
const bridge = process.env.KONTOR_BRIDGE ?? join(top, "target/debug/bridge");
const only = process.argv.slice(2);

async function serve(...more) {
  const data = await mkdtemp(join(tmpdir(), "kontor-pictures-"));
  const places = ["--data", data, "--ui", join(top, "ui/dist"), "--fixed-date", "2026-11-20"];
  const child = spawn(bridge, [...places, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await new Promise((done) =>
    createInterface(child.stdout).once("line", (...l) => done(l)),
  );
  const { url, token } = JSON.parse(line);
  const ask = async (name, request) => {
    const answer = await fetch(`${url}/rpc/${name}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
    return answer.json();
  };
  const stop = async () => {
    child.kill();
    await rm(data, { recursive: true, force: true });
  };
  return { url, ask, stop };
}

const filter = {
  view: "overdue",
  query: "",
  student_id: null,
  department_id: null,
  issued_from: null,
  issued_to: null,
  due_from: null,
  due_to: null,
  amount_from: null,
  amount_to: null,
};

/** Screens by name; some need an object of the book. */
async function screensOf(ask) {
  const window = { offset: 0, limit: 1 };
  const { rows: invoices } = await ask("list_invoices", { filter, order: null, window });
  const owing = { query: "", department_id: null, owing: true, order: null, window };
  const { rows: students } = await ask("list_students", owing);
  const [invoice] = invoices;
  const [student] = students;
  return {
    home: "/",
    students: "/students",
    student: `/students/${student.id}`,
    invoices: "/invoices",
    invoice: `/invoices/${invoice.id}`,
    "invoice-new": `/invoices/new?student=${student.id}`,
    payments: "/payments",
    "payment-new": `/payments/new?student=${student.id}`,
    ageing: "/ageing",
    connections: "/connections",
    mapping: "/mapping",
    exports: "/exports",
    review: "/review",
    settings: "/settings",
  };
}

async function shoot(browser, url, theme, screens, prefix = "") {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => console.error(`${theme}: ${error.message}`));
  for (const [name, path] of Object.entries(screens)) {
    if (only.length > 0 && !only.includes(name)) continue;
    await page.goto(`${url}/#${path}`);
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    await page.waitForTimeout(900);
    await page.screenshot({ path: join(folder, `${prefix}${name}-${theme}.png`) });
  }
  await page.close();
}

await mkdir(folder, { recursive: true });
const system = "/usr/bin/chromium";
const browser = await chromium.launch({
  args: ["--no-sandbox"],
  ...(existsSync(system) ? { executablePath: system } : {}),
});
const empty = await serve("--without-keychain");
const sample = await serve("--sample", "--xero-simulator");
try {
  for (const theme of ["light", "dark"]) {
    await shoot(browser, empty.url, theme, { "first-run": "/" });
    await shoot(browser, sample.url, theme, await screensOf(sample.ask));
  }
} finally {
  await browser.close();
  await Promise.all([empty.stop(), sample.stop()]);
}
console.log(`The pictures lie in ${folder}`);
