/* What would be refused is seen before anything is sent, and how a connection does afterwards. */
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

test("a gap is told before it stops anything, and figures follow what is sent", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(120_000);
  await goTo(desk, "/health");
  await expect(desk.getByText("Nothing is connected")).toBeVisible();

  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  await goTo(desk, "/health");
  const xero = desk.getByRole("region", { name: "Xero" });
  await expect(xero).toContainText("Waits for you");
  await expect(xero).toContainText("Sign-in lasts until");
  const findings = desk.getByRole("table", { name: "What would be refused" });
  await expect(findings).toContainText("Not mapped");
  await isClean(desk);

  // A finding opens the place where it is mended.
  await findings.getByRole("link").first().click();
  await expect(desk.getByRole("heading", { name: "Mapping", level: 1 })).toBeVisible();
  await goTo(desk, "/health");

  // The screen follows the run by itself.
  const { id: connection_id } = (await connection(bridge)) ?? { id: "" };
  await bridge.rpc("start_export", { connection_id });
  const sent = async () => (await connection(bridge))?.sent ?? 0;
  await expect.poll(sent, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(xero.getByText(/^of \d+ answers?$/)).toBeVisible();
  await xero.getByRole("button", { name: "As table" }).click();
  const days = xero.getByRole("table", { name: "Last 14 days of Xero" });
  await expect(days.getByRole("row")).toHaveCount(15);
  await isClean(desk);
});
