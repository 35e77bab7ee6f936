// How long a person waits in the real window over a large book: `cargo xtask bench --screen`.
// Prints figures and never judges them: a slow machine is no failure.

import assert from "node:assert/strict";
import { openWindow } from "./driver.mjs";

const { KONTOR_APP: binary, KONTOR_DATA: data, KONTOR_PASSPHRASE: passphrase } = process.env;
assert.ok(binary, "KONTOR_APP names the desktop program");
assert.ok(data, "KONTOR_DATA names the folder of the book");

/** The first address opens a screen for the first time in the session, as the window read it ahead;
 * the rows of every other were not asked for before, and are not in the page's memory. */
const SCREENS = {
  home: ["/"],
  students: ["/students", "/students?owing=true", "/students?query=Nordmann", "/students?query=77"],
  invoices: ["all", "open", "overdue", "part_paid", "paid"].map((v) => `/invoices?view=${v}`),
  "invoices, searched": ["Nordmann 77", "A-500", "Nordmann 4", "1430"].map(
    (text) => `/invoices?q=${encodeURIComponent(text)}`,
  ),
  payments: ["/payments", "/payments?unallocated=true", "/payments?query=77"],
  ageing: ["/ageing", "/ageing?by=issue", "/ageing?group=payer", "/ageing?buckets=10d20d"],
  audit: ["/audit", "/audit?kind=payment_received", "/audit?kind=invoice_issued"],
};

/** How long the window reads its screens ahead while nobody waits (see `useReadAhead`), amply. */
const SETTLED_MS = 8_000;

/**
 * In the page: goes to an address and waits until rows or figures are painted; in milliseconds. What
 * a frame finds in the page is painted when the frame is over: then the next task runs.
 */
const OPENS = `
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const task = () => new Promise((done) => setTimeout(done));
  const work = document.querySelector("#work");
  const shown = () => {
    const grid = work.querySelector("[role=grid]");
    const busy = work.querySelector("[aria-busy=true]");
    const rows = grid ? grid.querySelectorAll("[role=rowheader]").length > 0 : true;
    return work.querySelector("h1") && !busy && rows;
  };
  const before = work.querySelector("h1");
  const start = performance.now();
  location.hash = "#" + arguments[0];
  while (before?.isConnected && performance.now() - start < 20000) await frame();
  while (!shown() && performance.now() - start < 20000) await frame();
  await task();
  return performance.now() - start;`;

/** In the page: jumps to places all over a list; until every row in sight is there, each. */
const JUMPS = `
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const grid = document.querySelector("#work [role=grid]");
  const waits = [];
  for (let jump = 0; jump < arguments[0]; jump += 1) {
    const start = performance.now();
    grid.scrollTop = ((jump * 7919) % 1000) / 1000 * (grid.scrollHeight - grid.clientHeight);
    const there = () => {
      const rows = [...grid.querySelectorAll("[role=rowgroup] [role=row], [role=row]")];
      const body = rows.filter((row) => !row.querySelector("[role=columnheader]"));
      return body.length > 0 && body.every((row) => row.querySelector("[role=rowheader]"));
    };
    await frame();
    while (!there() && performance.now() - start < 20000) await frame();
    waits.push(performance.now() - start);
  }
  return waits;`;

/** In the page: scrolls on steadily; the time between frames. */
const SCROLLS = `
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const grid = document.querySelector("#work [role=grid]");
  grid.scrollTop = 0;
  await frame();
  const gaps = [];
  let last = performance.now();
  for (let step = 0; step < arguments[0]; step += 1) {
    grid.scrollTop += 120;
    await frame();
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  return gaps;`;

function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (percent) => sorted[Math.floor(((sorted.length - 1) * percent) / 100)].toFixed(0);
  return `median ${at(50)} ms, p95 ${at(95)} ms of ${sorted.length}`;
}

/** Runs a script that waits in the page; `arguments` are its own, as WebDriver hands them on. */
const inPage = (window, script, ...args) =>
  window.execute(`return (async function () {${script}}).apply(null, arguments);`, ...args);

const window = await openWindow({ binary, env: { KONTOR_DATA: data } });
try {
  await window.execute(
    "return window.__TAURI_INTERNALS__.invoke('rpc', { name: 'unlock_book', request: { passphrase: arguments[0] } })",
    passphrase,
  );
  await window.sees("Invoices");
  await new Promise((done) => setTimeout(done, SETTLED_MS));
  for (const [name, addresses] of Object.entries(SCREENS)) {
    const times = [];
    for (const address of addresses) {
      await inPage(window, OPENS, "/settings");
      times.push(await inPage(window, OPENS, address));
    }
    const [first, ...later] = times;
    console.log(`${name.padEnd(24)} opened, the first time: ${first.toFixed(0)} ms`);
    if (later.length > 0) console.log(`${name.padEnd(24)} opened, later: ${figures(later)}`);
  }
  for (const list of ["/invoices", "/students", "/payments"]) {
    await inPage(window, OPENS, list);
    const jumps = await inPage(window, JUMPS, 40);
    console.log(`${list.padEnd(24)} a jump anywhere: ${figures(jumps)}`);
    const gaps = await inPage(window, SCROLLS, 240);
    console.log(`${list.padEnd(24)} between frames: ${figures(gaps)}`);
  }
} finally {
  await window.close();
}
