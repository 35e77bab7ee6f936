import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

const help = (desk: Page) => desk.getByRole("complementary", { name: "Help" });

for (const theme of ["light", "dark"] as const)
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme });
    test("F1 shows the page of the screen beside it, and every page is found", {
      tag: "@keys",
    }, async ({ desk }) => {
      await goTo(desk, "/payments/new");
      await expect(desk.getByRole("heading", { name: "Record payment" })).toBeVisible();
      await desk.locator("#work").focus();
      await desk.keyboard.press("F1");
      await expect(help(desk).getByRole("heading", { name: "Take a payment" })).toBeVisible();
      // The work stays in use.
      await expect(desk.getByLabel("Amount received")).toBeEnabled();
      expect(await axeFaults(desk)).toEqual([]);

      await help(desk).getByRole("button", { name: "Use credit for an invoice" }).press("Enter");
      await expect(help(desk).getByRole("heading", { name: "Use credit" })).toBeVisible();
      await help(desk).getByRole("button", { name: "Show me where" }).press("Enter");
      await expect(desk.getByRole("radio", { name: "Not allocated" })).toBeFocused();

      await desk.keyboard.press("F1");
      await help(desk).getByRole("button", { name: "All pages of the help" }).press("Enter");
      await expect(help(desk).getByRole("searchbox")).toBeFocused();
      expect(await axeFaults(desk)).toEqual([]);
      await desk.keyboard.type("xero");
      await desk.keyboard.press("Enter");
      await expect(help(desk).getByRole("heading", { level: 3 })).toHaveText(
        "Connect an accounting system",
      );
      await desk.keyboard.press("Escape");
      await expect(help(desk)).toBeHidden();
    });
  });

test("the palette and the top bar lead to the help, and it is read in a small window", async ({
  desk,
  bridge,
}) => {
  await desk.keyboard.press("Control+k");
  await desk.keyboard.type("write off");
  await expect(desk.getByRole("menuitem", { name: /^Write off what will not/ })).toBeVisible();
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("Escape");
  await desk.getByRole("button", { name: "Help", exact: true }).press("Enter");
  await desk.getByRole("menuitem", { name: "All pages of the help" }).press("Enter");
  await expect(help(desk).getByRole("button", { name: "Add a student" })).toBeVisible();

  await desk.setViewportSize({ width: 720, height: 450 });
  await desk.goto(`/?words=long&api=${bridge.url}#token=${bridge.token}`);
  await desk.locator("#work").focus();
  await desk.keyboard.press("F1");
  const panel = desk.locator("[data-guide]");
  await expect(panel.getByRole("heading", { level: 3 })).toBeVisible();
  const sideways = await panel.evaluate(
    (one) => [...one.querySelectorAll("*")].filter((e) => e.scrollWidth > e.clientWidth + 1).length,
  );
  expect(sideways).toBe(0);
  await panel.getByRole("button").last().focus();
  await desk.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});
