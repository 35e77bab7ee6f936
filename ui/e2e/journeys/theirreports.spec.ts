/* Their reports are read, kept, and set beside ours account by account. */
import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { connect, connection, mapTheRest } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

async function isClean(desk: Page): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await desk.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    expect(await axeFaults(desk)).toEqual([]);
  }
}

test("a trial balance is read and agrees with what was sent", async ({ desk, bridge }) => {
  test.setTimeout(120_000);
  await goTo(desk, "/reconcile/reports");
  await expect(desk.getByText("Nothing is connected")).toBeVisible();

  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  const { id: connection_id } = (await connection(bridge)) ?? { id: "" };
  await bridge.rpc("start_export", { connection_id });
  const stopped = async () => ((await connection(bridge))?.attention ?? 0) > 0;
  await expect.poll(stopped, { timeout: 60_000 }).toBe(true);
  const runs = async () => (await bridge.rpc<{ running: boolean }>("export_status", {})).running;
  await expect.poll(runs, { timeout: 60_000 }).toBe(false);

  await goTo(desk, "/reconcile");
  await desk.getByRole("link", { name: "Reports of Xero" }).click();
  await expect(desk.getByText("This report has not been read yet")).toBeVisible();
  await desk.getByRole("button", { name: "Read Xero" }).click();
  const income = desk.getByRole("table", { name: "Revenue" });
  await expect(income).toBeVisible({ timeout: 30_000 });
  await expect(income).toContainText("Agrees");
  await isClean(desk);

  await desk.getByText("Profit and loss", { exact: true }).click();
  await desk.getByRole("button", { name: "Read Xero" }).click();
  await expect(desk.getByRole("table", { name: "Income" })).toContainText("Total Income");
  await desk.getByRole("button", { name: "Save as CSV" }).click();
  await expect(desk.getByText(/The file lies at .*profit-and-loss/)).toBeVisible();
  await isClean(desk);
});
