/* Both books are compared: what is written there behind our back is found, explained, and signed off. */
import type { Page } from "@playwright/test";
import { deletePaymentInXero } from "../fixtures/bookkeeper";
import { axeFaults, type Bridge, expect, goTo, test } from "../fixtures/bridge";
import { connect, connection, mapTheRest } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

const drawn = (desk: Page, theme: string) =>
  desk.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen;
  }, theme);

async function isClean(desk: Page, name?: string): Promise<void> {
  for (const theme of ["light", "dark"]) {
    await drawn(desk, theme);
    expect(await axeFaults(desk)).toEqual([]);
    const folder = process.env.KONTOR_PICTURES;
    if (folder && name) await desk.screenshot({ path: `${folder}/${name}-${theme}.png` });
  }
}

/** Connects Xero and sends what goes; what has no tax rate stops. */
async function sent(desk: Page, bridge: Bridge): Promise<string> {
  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  const { id: connection_id } = (await connection(bridge)) ?? { id: "" };
  await bridge.rpc("start_export", { connection_id });
  const stopped = async () => ((await connection(bridge))?.attention ?? 0) > 0;
  await expect.poll(stopped, { timeout: 60_000 }).toBe(true);
  // What stops is told while the rest is still under way.
  const runs = async () => (await bridge.rpc<{ running: boolean }>("export_status", {})).running;
  await expect.poll(runs, { timeout: 60_000 }).toBe(false);
  return connection_id;
}

interface Seen {
  differences: { key: string; shown: string; accepted: object | null; can_send_again: boolean }[];
}

test("a month is read, its differences are explained, and it is signed off", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(180_000);
  await goTo(desk, "/reconcile");
  await expect(desk.getByText("Nothing to compare with")).toBeVisible();

  const connection_id = await sent(desk, bridge);
  await goTo(desk, "/reconcile");
  await expect(desk.getByText("These days have not been compared yet")).toBeVisible();
  await desk.getByRole("button", { name: "Read Xero" }).click();
  await expect(desk.getByRole("table", { name: "Sums" })).toBeVisible({ timeout: 30_000 });

  // What stopped has not reached the other side: it is missing there, and says why.
  const missing = desk.getByRole("table", { name: "Missing in Xero" });
  await expect(missing).toBeVisible();
  await missing.getByRole("button").first().click();
  const panel = desk.getByRole("complementary").filter({ hasText: "Both sides" });
  await expect(panel).toContainText("It has not reached Xero yet");
  await isClean(desk);

  await expect(desk.getByRole("button", { name: "Sign off…" })).toHaveAccessibleDescription(
    /neither mended nor accepted/,
  );
  await panel.getByRole("button", { name: "Accept with a reason…" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Waits for its tax rate");
  await dialog.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(panel).toContainText("Waits for its tax rate");

  // The rest is explained in one go, as the screen would one after the other.
  const { from, to } = { from: "2026-11-01", to: "2026-11-30" };
  const asked = { connection_id, from, to };
  const seen = await bridge.rpc<Seen>("reconciliation", asked);
  for (const { key, shown, accepted } of seen.differences)
    if (!accepted)
      await bridge.rpc("accept_difference", { ...asked, key, shown, reason: "Explained" });

  await desk.getByRole("button", { name: "Sign off…" }).click();
  await dialog.getByLabel("Note").fill("Seen with the accountant");
  await dialog.getByRole("button", { name: "Sign off", exact: true }).click();
  await expect(desk.getByText("Seen with the accountant")).toBeVisible();
  await isClean(desk);

  // What changes here afterwards is told.
  await bridge.rpc("save_mapping", {
    connection_id,
    changes: [{ kind: "tax_code", local_key: "6", remote_code: "TAX001", from_suggestion: false }],
  });
  await expect(desk.getByRole("link", { name: /^Exports: All sent/ })).toBeVisible({
    timeout: 60_000,
  });
  await desk.getByRole("button", { name: "Read again" }).click();
  await expect(desk.getByText("Something changed after this was signed off")).toBeVisible({
    timeout: 30_000,
  });
});

test("what somebody deleted there is sent once more", async ({ desk, bridge }) => {
  test.setTimeout(180_000);
  const connection_id = await sent(desk, bridge);
  const amount = await deletePaymentInXero(bridge);
  await goTo(desk, "/reconcile");
  await desk.getByRole("button", { name: "Read Xero" }).click();
  const missing = desk.getByRole("table", { name: "Missing in Xero" });
  await expect(missing).toBeVisible({ timeout: 30_000 });

  const asked = { connection_id, from: "2026-11-01", to: "2026-11-30" };
  const gone = async () =>
    (await bridge.rpc<Seen>("reconciliation", asked)).differences.filter((it) => it.can_send_again);
  expect(await gone()).toHaveLength(1);
  const shown = amount.toLocaleString("nb-NO", { minimumFractionDigits: 2 });
  await missing
    .getByRole("row")
    .filter({ hasText: "Payment" })
    .filter({ hasText: shown })
    .getByRole("button")
    .click();
  const panel = desk.getByRole("complementary").filter({ hasText: "Both sides" });
  await expect(panel).toContainText("If somebody deleted it by mistake, send it again");
  await isClean(desk, "reconcile-gone");
  await panel.getByRole("button", { name: "Send again…" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Deleted by mistake");
  await isClean(desk, "reconcile-send-again");
  await dialog.getByRole("button", { name: "Send again", exact: true }).click();
  await expect(dialog).toBeHidden();

  // It goes with the next run, is there once, and is no difference any more.
  await bridge.rpc("start_export", { connection_id });
  await expect(async () => {
    await desk.getByRole("button", { name: "Read again" }).click();
    await desk.waitForTimeout(1_000);
    expect(await gone()).toHaveLength(0);
  }).toPass({ timeout: 60_000 });
});
