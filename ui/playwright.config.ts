import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import type { BridgeOptions } from "./e2e/fixtures/bridge";

// Debian's own Chromium is used where it exists, so that no browser has to be downloaded.
const systemChromium = "/usr/bin/chromium";

// A port of this run's own: a page that another run or a person serves must never be tested instead.
// The workers of Playwright read this file too, and get the port from the first reading.
process.env.KONTOR_PAGE_PORT ??= String(20_000 + (process.pid % 20_000));
const page = `http://127.0.0.1:${process.env.KONTOR_PAGE_PORT}`;

// Pictures are for looking at; only their own command takes them.
process.env.KONTOR_DRAWS ??= String(process.argv.includes("pictures"));

export default defineConfig<BridgeOptions>({
  testDir: "e2e",
  testIgnore: process.env.KONTOR_DRAWS === "true" ? [] : ["**/pictures.spec.ts"],
  outputDir: "test-results",
  workers: 1,
  // The first page waits for Vite to bundle everything, on a busy machine for long.
  timeout: 120_000,
  use: {
    baseURL: page,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      args: ["--no-sandbox"],
      ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
    },
  },
  // Journeys whose way no page of the help walks by the keys are done a second time without a pointer.
  projects: [{ name: "desk" }, { name: "keys", grep: /@keys/, use: { hands: "keys" } }],
  webServer: {
    command: `npx vite --host 127.0.0.1 --port ${process.env.KONTOR_PAGE_PORT}`,
    url: page,
    reuseExistingServer: false,
  },
});
