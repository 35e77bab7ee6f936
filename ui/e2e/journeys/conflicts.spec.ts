/* What was voided there behind our back comes back as a conflict, is shown three ways, and is decided. */
import type { Page } from "@playwright/test";
import { voidOneInXero } from "../fixtures/bookkeeper";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { connect, connection, mapTheRest } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

async function isClean(desk: Page, name: string): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await desk.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    expect(await axeFaults(desk)).toEqual([]);
    const folder = process.env.KONTOR_PICTURES;
    if (folder) await desk.screenshot({ path: `${folder}/${name}-${theme}.png` });
  }
}

test("a conflict is shown three ways and decided by keys", async ({ desk, bridge }) => {
  test.setTimeout(180_000);
  await goTo(desk, "/conflicts");
  await expect(desk.getByText("Nothing comes back yet")).toBeVisible();

  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  const { id: connection_id } = (await connection(bridge)) ?? { id: "" };
  await bridge.rpc("start_export", { connection_id });
  const stopped = async () => ((await connection(bridge))?.attention ?? 0) > 0;
  await expect.poll(stopped, { timeout: 60_000 }).toBe(true);
  await goTo(desk, "/conflicts");
  await expect(desk.getByText("Nothing to decide")).toBeVisible();
  await isClean(desk, "conflicts-none");

  const number = await voidOneInXero(bridge);
  await desk.getByRole("button", { name: "Read Xero" }).click();
  const row = desk.getByRole("navigation", { name: "Conflicts by cause" }).getByRole("button");
  await expect(row).toContainText(number, { timeout: 30_000 });
  const sides = desk.getByRole("table", { name: "The three sides" });
  await expect(sides.getByRole("row", { name: /State/ })).toContainText(
    /In the books.*In the books.*Voided/,
  );
  await expect(desk.getByRole("link", { name: /^Conflicts.*1/ })).toBeVisible();
  await isClean(desk, "conflicts");

  await desk.keyboard.press("ControlOrMeta+Enter");
  const dialog = desk.getByRole("dialog");
  await expect(dialog).toContainText("A credit note over all that is left");
  await isClean(desk, "conflicts-decide");
  await dialog.getByLabel("Reason").fill("Voided with the accountant");
  await dialog.getByRole("button", { name: "Decide" }).click();
  await expect(desk.getByText("Nothing to decide")).toBeVisible();
});
