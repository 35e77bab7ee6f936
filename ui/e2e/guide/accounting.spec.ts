/* The pages that tell how to connect a system with an app of the school's own, followed by keys. */
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/bridge";
import { appRedirect, landedAt } from "../fixtures/connecting";
import { follow } from "../fixtures/follow";
import { press } from "../fixtures/hands";

const chooseSystem = (desk: Page, name: RegExp) => async (button: Parameters<typeof press>[0]) => {
  await press(button);
  await press(desk.getByRole("radio", { name }));
};

const chosen = (desk: Page) => async () =>
  press(desk.getByRole("button", { name: "Connect Simulated Driving School Ltd" }));

test.describe("QuickBooks Online", () => {
  test.use({ bridgeArgs: ["--sample", "--qbo-simulator"] });
  test("it is connected by the address the browser ends at", async ({ desk }) => {
    let landed = "";
    await follow(desk, "connect-quickbooks", {
      "connections:connect": chooseSystem(desk, /^QuickBooks/),
      "connections:client_id": "school-app",
      "connections:secret": "a secret of the app",
      "connections:redirect": appRedirect.qbo,
      "connections:continue": async (button) => {
        landed = await landedAt(desk, () => press(button));
      },
      "connections:landed": async (field) => {
        await field.fill(landed);
      },
      "connections:connect_company": chosen(desk),
    });
    await expect(desk.getByRole("heading", { name: "Mapping", level: 1 })).toBeVisible();
  });
});

test.describe("Sage Business Cloud", () => {
  test.use({ bridgeArgs: ["--sample", "--sage-simulator"] });
  test("it is connected and the browser comes back by itself", async ({ desk }) => {
    await follow(desk, "connect-sage", {
      "connections:connect": chooseSystem(desk, /^Sage/),
      "connections:redirect": appRedirect.sage(),
      "connections:client_id": "school-app",
      "connections:secret": "a secret of the app",
      "connections:continue": async (button) => {
        const opened = desk.waitForEvent("popup");
        await press(button);
        const browser = await opened;
        await desk.getByRole("heading", { name: "Choose the company" }).waitFor();
        await browser.close();
      },
      "connections:connect_company": chosen(desk),
    });
    await expect(desk.getByRole("heading", { name: "Mapping", level: 1 })).toBeVisible();
  });
});
