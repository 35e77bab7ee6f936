import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { connect, connection, mapTheRest } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

/** What a busy button told stays for some seconds in a region for readers that axe would judge. */
async function faultsOf(desk: Page): Promise<string[]> {
  const told = desk.locator("[data-live-announcer] [role=img]");
  await expect(told).toHaveCount(0, { timeout: 15_000 });
  return axeFaults(desk);
}

test("a school connects, maps, sends, and mends the one thing that stopped", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(120_000);
  await connect(desk);

  // Suggestions are looked through; one VAT code is left out on purpose.
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByText("Unntatt", { exact: true }).click();
  await dialog.getByRole("button", { name: /^Use \d+$/ }).click();
  await desk.keyboard.press("Control+s");
  await expect(desk.getByText(/The mapping is saved/)).toBeVisible();

  await mapTheRest(bridge);

  // Nothing goes before the person says so.
  expect((await connection(bridge))?.state).toBe("to_map");
  await desk.getByRole("button", { name: "Start sending" }).click();
  await expect(desk.getByRole("heading", { name: "Exports", level: 1 })).toBeVisible();
  await expect
    .poll(async () => ((await connection(bridge))?.attention ?? 0) > 0, { timeout: 30_000 })
    .toBe(true);

  await goTo(desk, "/review");
  const cause = desk.getByRole("heading", { name: "VAT code Unntatt has no tax rate in Xero" });
  await expect(cause).toBeVisible();
  await expect(desk.getByRole("img", { name: "In the books: No" })).toBeVisible();
  // The suggestion stands in the field already.
  await expect(desk.getByRole("combobox", { name: "Tax rate in Xero" })).toHaveValue(
    /EXEMPTOUTPUT/,
  );
  await desk.keyboard.press("Control+Enter");

  await expect
    .poll(
      async () => {
        const { waiting, attention } = (await connection(bridge)) ?? { waiting: 1, attention: 1 };
        return waiting + attention;
      },
      { timeout: 60_000 },
    )
    .toBe(0);
  await expect(desk.getByText("Nothing needs a person")).toBeVisible();

  await goTo(desk, "/exports");
  await desk.getByRole("tab", { name: /^Sent/ }).click();
  await desk
    .getByRole("grid", { name: "Exports" })
    .getByText(/Invoice/)
    .first()
    .dblclick();
  await expect(desk.getByText("What we send")).toBeVisible();
  await expect(desk.getByText("Sent and recorded").first()).toBeVisible();
});

test("leaving the mapping with changes asks once", { tag: "@keys" }, async ({ desk }) => {
  await connect(desk);
  await desk
    .getByRole("button", { name: /^Use (?!\d)/ })
    .first()
    .click();
  await expect(desk.getByText("1 change not saved")).toBeVisible();
  await desk.getByRole("link", { name: "Exports", exact: true }).click();
  const dialog = desk.getByRole("alertdialog");
  await expect(dialog).toContainText("1 change is not saved.");
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(desk.getByText("1 change not saved")).toBeVisible();

  // A verb of the palette asks too.
  await desk.keyboard.press("Control+k");
  await desk.keyboard.type("Connect an accounting");
  await desk.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(desk.getByRole("heading", { name: "Connections", level: 1 })).toBeVisible();
});

test("the files for the accountant are made in one place", async ({ desk }) => {
  await goTo(desk, "/settings?tab=files");
  await desk.getByRole("button", { name: "Make the files" }).click();
  const dialog = desk.getByRole("dialog", { name: "Files for the accountant" });
  await expect(dialog.getByRole("textbox", { name: "From" })).toHaveValue(/^1.Jan.2026$/);
  await dialog.getByRole("button", { name: "Make the files" }).click();
  await expect(desk.getByRole("dialog", { name: /\d+ files made/ })).toBeVisible();
});

test("a folder takes the files of a school without an accounting system", async ({
  desk,
  bridge,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "kontor-files-"));
  try {
    await goTo(desk, "/connections");
    await desk.getByRole("button", { name: "Connect a system" }).first().click();
    await desk.getByText(/^CSV/).click();
    await desk.getByRole("button", { name: "Connect the folder" }).click();
    await expect(desk.getByText("Choose a folder first.")).toBeVisible();
    await desk.getByRole("textbox", { name: "Folder" }).fill(join(folder, "gone"));
    await desk.getByRole("button", { name: "Connect the folder" }).click();
    await expect(desk.getByText("There is no such folder.")).toBeVisible();
    await desk.getByRole("textbox", { name: "Folder" }).fill(folder);
    await desk.getByRole("button", { name: "Connect the folder" }).click();
    await expect(desk.getByRole("heading", { name: /^CSV/ })).toBeVisible();
    expect(await faultsOf(desk)).toEqual([]);
    const { id } = (await connection(bridge)) ?? { id: "" };
    await bridge.rpc("start_export", { connection_id: id });
    await expect.poll(async () => (await connection(bridge))?.waiting, { timeout: 30_000 }).toBe(0);
    expect(readdirSync(folder).every((name) => name.endsWith(".csv"))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

for (const theme of ["light", "dark"] as const)
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme });
    test("axe finds nothing on the four screens", async ({ desk }) => {
      test.setTimeout(90_000);
      await goTo(desk, "/review");
      await expect(desk.getByText("No accounting system is connected")).toBeVisible();
      expect(await faultsOf(desk)).toEqual([]);
      await connect(desk);
      await expect(
        desk.getByRole("rowheader", { name: "Kjøretime klasse B, 45 min" }),
      ).toBeVisible();
      expect(await faultsOf(desk), "mapping").toEqual([]);
      await goTo(desk, "/connections");
      await desk.getByRole("button", { name: "Details of Xero" }).click();
      await expect(desk.getByText("Disconnect stops")).toBeVisible();
      expect(await faultsOf(desk), "connections").toEqual([]);
      await goTo(desk, "/exports");
      const grid = desk.getByRole("grid", { name: "Exports" });
      await expect(grid.getByRole("row").nth(3)).toBeVisible();
      expect(await faultsOf(desk), "exports").toEqual([]);
      await goTo(desk, "/review");
      await expect(desk.getByRole("heading", { name: "What happened" })).toBeVisible();
      expect(await faultsOf(desk), "review").toEqual([]);
    });
  });
