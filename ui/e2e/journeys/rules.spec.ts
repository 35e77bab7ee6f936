/* Rules of a mapping: made, moved, switched off and removed with the keyboard, and told in the test run. */
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { connect, mapTheRest } from "../fixtures/connecting";

test.use({ bridgeArgs: ["--sample", "--xero-simulator"] });

/** An invoice of the sample school after the first day that is sent. */
const INVOICE = "A-10363";

test("rules say what goes elsewhere, in their order, and the test run names them", async ({
  desk,
  bridge,
}) => {
  test.setTimeout(180_000);
  await connect(desk);
  await desk.getByRole("button", { name: /^Use \d+ suggestions/ }).waitFor();
  await mapTheRest(bridge);
  await goTo(desk, "/mapping");
  await desk.getByRole("tab", { name: /^Rules/ }).click();
  await expect(desk.getByText("No rules yet")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);

  // A rule is made with the keyboard: when, set.
  const dialog = desk.getByRole("dialog");
  await desk.getByRole("button", { name: "New rule" }).focus();
  await desk.keyboard.press("Enter");
  await desk.keyboard.type("Everything from November");
  await dialog.getByRole("button", { name: "Add a condition" }).focus();
  await desk.keyboard.press("Enter");
  await desk.getByRole("menuitem", { name: "Date" }).press("Enter");
  await dialog.getByLabel("Date from").fill("1.11.2026");
  await dialog.getByRole("button", { name: "Set something" }).focus();
  await desk.keyboard.press("Enter");
  await desk.getByRole("menuitem", { name: "Account", exact: true }).press("Enter");
  await dialog.getByRole("combobox", { name: "Account" }).fill("3100");
  await desk.getByRole("option", { name: /3100/ }).click();
  for (const theme of ["light", "dark"]) {
    await desk.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    expect(await axeFaults(desk)).toEqual([]);
  }
  await dialog.getByRole("button", { name: "Save the rule" }).press("Enter");
  await expect(desk.getByText("Everything from November is saved.")).toBeVisible();

  // One that sets nothing is refused where it stands.
  await desk.getByRole("button", { name: "New rule" }).press("Enter");
  await desk.keyboard.type("Text");
  await dialog.getByRole("button", { name: "Save the rule" }).press("Enter");
  await expect(dialog.getByText("A rule sets at least one thing.")).toBeVisible();
  await dialog.getByRole("button", { name: "Set something" }).press("Enter");
  await desk.getByRole("menuitem", { name: "Text before the line" }).press("Enter");
  await dialog.getByRole("textbox", { name: "Text before the line" }).fill("Course:");
  await dialog.getByRole("button", { name: "Save the rule" }).press("Enter");
  await expect(dialog).toBeHidden();

  // The order is changed with a key, and what holds keeps the focus.
  const list = desk.getByRole("list", { name: "Rules in the order they are asked" });
  const names = list.getByRole("heading");
  await expect(names).toHaveText(["Everything from November", "Text"]);
  await desk.getByRole("button", { name: "Ask Text earlier" }).press("Enter");
  await expect(names).toHaveText(["Text", "Everything from November"]);
  await expect(desk.getByRole("button", { name: "Ask Text earlier" })).toBeFocused();
  await desk.getByRole("button", { name: "Ask Text later" }).press("Enter");
  await expect(names).toHaveText(["Everything from November", "Text"]);
  await expect(desk.getByRole("button", { name: "Ask Text later" })).toBeFocused();
  await desk.getByRole("button", { name: "Ask Text earlier" }).press("Enter");
  await expect(names).toHaveText(["Text", "Everything from November"]);

  await desk.getByRole("button", { name: "Test run…" }).click();
  await dialog.getByLabel("Number").fill(INVOICE);
  await dialog.getByRole("button", { name: "Show" }).click();
  const lines = dialog.getByRole("table", { name: "Lines as they would be sent" });
  await expect(lines).toContainText("by rule: Everything from November");
  await expect(lines).toContainText("text by rule: Text");
  await dialog.getByRole("button", { name: "Close" }).click();

  await desk.getByRole("switch", { name: "Text is on" }).press("Space");
  await expect(desk.getByText("Text is off.")).toBeVisible();
  await desk.getByRole("button", { name: "Remove Text" }).press("Enter");
  await dialog.getByRole("button", { name: "Remove" }).press("Enter");
  await expect(names).toHaveText(["Everything from November"]);
  expect(await axeFaults(desk)).toEqual([]);
});
