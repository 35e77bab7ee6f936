import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// Debian's own Chromium is used where it exists, so that no browser has to be downloaded.
const systemChromium = "/usr/bin/chromium";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  // The first page waits for Vite to bundle everything, on a busy machine for long.
  timeout: 120_000,
  use: {
    baseURL: "http://127.0.0.1:5183",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      args: ["--no-sandbox"],
      ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
    },
  },
  webServer: {
    command: "npx vite --host 127.0.0.1",
    url: "http://127.0.0.1:5183",
    reuseExistingServer: true,
  },
});
