import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { voidOneInXero } from "../fixtures/bookkeeper";
import { expect, test } from "../fixtures/bridge";
import { connection, mapTheRest } from "../fixtures/connecting";
import { follow } from "../fixtures/follow";
import { press } from "../fixtures/hands";

test("the figures, the ledger and the files of the accountant", async ({ desk }) => {
  test.setTimeout(180_000);
  await follow(desk, "reports", { "reports:period": "This year" });
  await follow(desk, "vat-report", { "reports:period": "This year" });
  await follow(desk, "ledger", { "ledger:period": "From the beginning" });
  await expect(desk.getByText(/Saved as/).first()).toBeVisible();
  await follow(desk, "accountant-files");
  await expect(desk.getByRole("dialog", { name: /\d+ files made/ })).toBeVisible({
    timeout: 30_000,
  });
});

test("the desk and the book", async ({ desk, bridge }) => {
  test.setTimeout(240_000);
  await follow(desk, "number-series");
  await expect(desk.getByText(/Saved as/).first()).toBeVisible();
  await follow(desk, "keep-view", { "lists:view_name": "Late" });
  await desk.keyboard.press("Escape");
  const { views } = await bridge.rpc<{ views: { name: string }[] }>("list_desk", {});
  expect(views.map(({ name }) => name)).toEqual(["Late"]);
  await follow(desk, "keyboard");
  await follow(desk, "audit");
  await desk.keyboard.press("Escape");
  await follow(desk, "the-book");
  await follow(desk, "users", {
    "settings:user_name": "Ida Berg",
    "settings:user_login": "ida",
    "settings:first_password": "a password for Ida",
    "settings:save_user": async (save) => {
      await press(save);
      await expect(desk.getByRole("dialog")).toBeHidden({ timeout: 30_000 });
      // The window can be locked once it knows who sits at it.
      await expect(desk.getByRole("button", { name: "Ida Berg" })).toBeVisible();
    },
    "start:password": "a password for Ida",
  });
  await expect(desk.getByRole("button", { name: "Ida Berg" })).toBeVisible();
});

test("files go to a folder", async ({ desk, bridge }) => {
  const folder = mkdtempSync(join(tmpdir(), "kontor-guide-"));
  try {
    await follow(desk, "csv-folder", {
      "connections:connect": async (button) => {
        await press(button);
        await press(desk.getByRole("radio", { name: /^CSV/ }));
      },
      "connections:folder": folder,
    });
    await expect(desk.getByRole("heading", { name: /^CSV/ })).toBeVisible();
    await follow(desk, "offline");
    await expect.poll(async () => (await connection(bridge))?.waiting, { timeout: 30_000 }).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.describe("with an accounting system", () => {
  test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });
  test("it is connected, mapped, sent to, and what stopped is mended", async ({ desk, bridge }) => {
    test.setTimeout(240_000);
    await follow(desk, "connect-system", {
      "connections:continue": async (button) => {
        const opened = desk.waitForEvent("popup");
        await press(button);
        const browser = await opened;
        await desk.getByRole("heading", { name: "Choose the company" }).waitFor();
        await browser.close();
      },
      "connections:from_day": "1.11.2026",
      "connections:connect_company": async () =>
        press(desk.getByRole("button", { name: /^Connect Simulated/ })),
    });
    await follow(desk, "map-accounts", {
      // One VAT code is left out, so that something stops.
      "mapping:all_verb": async (verb: Locator) => {
        await press(desk.getByRole("dialog").getByRole("checkbox", { name: /Unntatt/ }));
        await press(verb);
      },
      "mapping:save": async (verb: Locator) => {
        await press(verb);
        await expect(desk.getByText(/The mapping is saved/)).toBeVisible();
        await mapTheRest(bridge);
      },
    });
    await expect
      .poll(async () => ((await connection(bridge))?.attention ?? 0) > 0, { timeout: 60_000 })
      .toBe(true);
    await follow(desk, "review-failures");
    await follow(desk, "send-documents");
    await expect.poll(async () => (await connection(bridge))?.waiting, { timeout: 60_000 }).toBe(0);
    await follow(desk, "reconcile");
    await follow(desk, "health");
    await follow(desk, "their-reports");
    await voidOneInXero(bridge);
    await follow(desk, "conflicts", {
      "conflicts:read": async (verb: Locator) => {
        await press(verb);
        await expect(desk.getByRole("table", { name: "The three sides" })).toBeVisible();
      },
      "conflicts:reason": "Seen with the accountant",
    });
  });
});
