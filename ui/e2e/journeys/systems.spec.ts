/* QuickBooks Online and Sage Business Cloud: connected with an app of the school's own, mapped, sent
   to, and what stopped is mended. */
import type { Page } from "@playwright/test";
import { axeFaults, type Bridge, expect, goTo, test } from "../fixtures/bridge";
import { appRedirect, connection, landedAt } from "../fixtures/connecting";

interface Mapping {
  rows: {
    kind: string;
    local_key: string;
    code: string;
    state: string;
    suggestion: { remote_code: string } | null;
  }[];
  accounts: { code: string; fits: string[] }[];
  tax_codes: { code: string; name: string; fits: string[] }[];
}

/** The VAT code that is left without a tax rate on purpose. */
const LEFT_OUT = "6";

async function fillApp(desk: Page, system: RegExp, redirect: string): Promise<void> {
  await goTo(desk, "/connections");
  await desk.getByRole("button", { name: "Connect a system" }).first().click();
  await desk.getByRole("radio", { name: system }).focus();
  await desk.keyboard.press("Space");
  await desk.getByLabel("Client id", { exact: true }).fill("school-app");
  await desk.getByLabel("Redirect address").fill(redirect);
}

/** Maps what a person would look through, but for one VAT code. */
async function mapTheRest(bridge: Bridge): Promise<void> {
  const { id } = (await connection(bridge)) ?? { id: "" };
  const view = await bridge.rpc<Mapping>("refresh_reference_data", { id });
  const open = view.rows.filter((row) => row.state !== "mapped" && row.code !== LEFT_OUT);
  await bridge.rpc("save_mapping", {
    connection_id: id,
    changes: open.map(({ kind, local_key, suggestion }) => {
      // What is not suggested is another rate of nothing: the last of theirs. A rate that is not
      // ours would be refused before it is sent.
      const theirs = kind === "tax_code" ? view.tax_codes : view.accounts;
      const fitting = theirs.filter(({ fits }) => fits.includes(kind));
      const other = kind === "tax_code" ? fitting.at(-1) : fitting[0];
      const remote_code = suggestion?.remote_code ?? other?.code ?? null;
      return { kind, local_key, remote_code, from_suggestion: false };
    }),
  });
}

/** Sends, and mends the one VAT code that was left out. */
async function sendAndMend(desk: Page, bridge: Bridge, system: string): Promise<void> {
  await mapTheRest(bridge);
  await goTo(desk, "/connections");
  await desk.getByRole("button", { name: `Details of ${system}` }).click();
  await desk.getByRole("button", { name: "Start sending" }).click();
  const attention = async () => (await connection(bridge))?.attention ?? 0;
  await expect.poll(attention, { timeout: 60_000 }).toBeGreaterThan(0);

  await goTo(desk, "/review");
  await expect(
    desk.getByRole("heading", { name: `VAT code Unntatt has no tax rate in ${system}` }),
  ).toBeVisible({ timeout: 30_000 });
  await desk.getByRole("combobox", { name: `Tax rate in ${system}` }).click();
  await desk.keyboard.press("Control+a");
  await desk.keyboard.type("Unntatt");
  await desk.getByRole("option", { name: /Unntatt avgiftsplikt/ }).click();
  await desk.keyboard.press("Control+Enter");
  const left = async () => {
    const { waiting, attention } = (await connection(bridge)) ?? { waiting: 1, attention: 1 };
    return waiting + attention;
  };
  await expect.poll(left, { timeout: 90_000 }).toBe(0);
  await expect(desk.getByText("Nothing needs a person")).toBeVisible();
  expect((await connection(bridge))?.sent).toBeGreaterThan(0);
}

test.describe("QuickBooks Online", () => {
  test.use({ bridgeArgs: ["--sample", "--qbo-simulator"] });
  test("is connected by the address the browser ends at, sent to and mended", async ({
    desk,
    bridge,
  }) => {
    test.setTimeout(240_000);
    await fillApp(desk, /^QuickBooks/, "https://www.school.example/kontor/sage");
    const go = desk.getByRole("button", { name: "Go on in the browser" });
    await go.click();
    await expect(desk.getByText("Enter the client secret first.")).toBeVisible();
    await desk.getByLabel("Client secret").fill("a secret of the app");
    await go.click();
    await expect(desk.getByText(/The address must end in \/qbo/)).toBeVisible();
    expect(await axeFaults(desk)).toEqual([]);

    await desk.getByLabel("Redirect address").fill(appRedirect.qbo);
    const landed = await landedAt(desk, () => go.click());
    await expect(desk.getByRole("heading", { name: /^Sign in to QuickBooks/ })).toBeVisible();
    const field = desk.getByLabel("Address the browser ended at");
    const finish = desk.getByRole("button", { name: "Finish the sign-in" });
    await field.fill(appRedirect.qbo);
    await finish.click();
    await expect(desk.getByText(/This is not the address this sign-in ended at/)).toBeVisible();
    expect(await axeFaults(desk)).toEqual([]);
    await field.fill(landed);
    await finish.click();
    await desk.getByText("From a day on").click();
    await desk.getByLabel("First day").first().click();
    await desk.keyboard.type("1.11.2026");
    await desk.keyboard.press("Tab");
    await desk.getByRole("button", { name: "Connect Simulated Driving School Ltd" }).click();
    await expect(desk.getByRole("heading", { name: "Mapping", level: 1 })).toBeVisible();
    await sendAndMend(desk, bridge, "QuickBooks Online");

    // Who signs in again types nothing; another app may be given.
    await goTo(desk, "/connections");
    await desk.getByRole("button", { name: "Details of QuickBooks Online" }).click();
    await desk.getByRole("button", { name: "Sign in again" }).click();
    await expect(desk.getByLabel("Client secret")).toBeHidden();
    await desk.getByRole("button", { name: "Use another app…" }).click();
    await expect(desk.getByLabel("Client secret")).toHaveValue("");
    await expect(desk.getByLabel("Redirect address")).toHaveValue(appRedirect.qbo);
  });
});

test.describe("Sage Business Cloud", () => {
  test.use({ bridgeArgs: ["--sample", "--sage-simulator"] });
  test("is connected, sent to and mended", async ({ desk, bridge }) => {
    test.setTimeout(240_000);
    await fillApp(desk, /^Sage/, appRedirect.sage());
    await desk.getByLabel("Client secret").fill("a secret of the app");
    const opened = desk.waitForEvent("popup");
    await desk.getByRole("button", { name: "Go on in the browser" }).click();
    const browser = await opened;
    await expect(desk.getByRole("heading", { name: "Choose the company" })).toBeVisible();
    await browser.close();
    await expect(desk.getByRole("radio", { name: "Simulated Lorry School Ltd" })).toBeVisible();
    await desk.getByText("From a day on").click();
    await desk.getByLabel("First day").first().click();
    await desk.keyboard.type("1.11.2026");
    await desk.keyboard.press("Tab");
    await desk.getByRole("button", { name: "Connect Simulated Driving School Ltd" }).click();
    await expect(desk.getByRole("heading", { name: "Mapping", level: 1 })).toBeVisible();
    await sendAndMend(desk, bridge, "Sage Business Cloud Accounting");
  });
});
