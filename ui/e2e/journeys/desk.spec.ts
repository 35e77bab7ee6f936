import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Desk {
  views: { name: string; address: string; is_shared: boolean }[];
  setups: { list: string; columns: { id: string; is_hidden: boolean }[]; default_view: string }[];
}

const heads = (page: Page) => page.getByRole("columnheader").allInnerTexts();

/** Waits until the rows are there, and puts the keys on the first one. */
async function intoList(page: Page, name: string) {
  const grid = page.getByRole("grid", { name });
  await expect(grid.getByRole("rowheader").first()).toBeVisible();
  await grid.focus();
  return grid;
}

for (const theme of ["light", "dark"] as const)
  test.describe(`in ${theme}`, () => {
    test.use({ theme });
    test("a filter is kept under a name and the list opens with it", async ({ desk, bridge }) => {
      await goTo(desk, "/invoices?view=overdue&amount_from=4000");
      await intoList(desk, "Invoices");
      await desk.getByRole("button", { name: "Views" }).click();
      await desk.getByRole("menuitem", { name: "Save as a view" }).click();
      await desk.getByLabel("Name").fill("Large and late");
      expect(await axeFaults(desk)).toEqual([]);
      await desk.keyboard.press("Enter");
      await expect(desk.getByRole("button", { name: "Large and late" })).toBeVisible();

      await desk.getByRole("button", { name: "Large and late" }).click();
      expect(await axeFaults(desk)).toEqual([]);
      await desk.getByRole("menuitem", { name: "Open the list with this view" }).click();
      await goTo(desk, "/students");
      await intoList(desk, "Students");
      await desk.getByRole("link", { name: "Invoices" }).click();
      await expect(desk.getByRole("button", { name: "Large and late" })).toBeVisible();
      expect(desk.url()).toContain("overdue");
      const kept = await bridge.rpc<Desk>("list_desk", {});
      expect(kept.views).toMatchObject([{ name: "Large and late", is_shared: false }]);
      expect(JSON.parse(kept.views[0]?.address ?? "{}")).toEqual({
        view: "overdue",
        amount_from: "4000",
      });
    });
  });

test("columns are moved, sized and hidden by keys, and stay so", async ({ desk, bridge }) => {
  await goTo(desk, "/students");
  await intoList(desk, "Students");
  const before = await heads(desk);
  // Into the head, and onto the third column.
  await desk.keyboard.press("ArrowUp");
  await desk.keyboard.press("End");
  await desk.keyboard.press("Control+ArrowLeft");
  await expect.poll(() => heads(desk)).not.toEqual(before);
  const moved = await heads(desk);
  expect(moved.at(-1)).toBe(before.at(-2));
  await desk.keyboard.press("Shift+ArrowRight");
  await desk.getByRole("button", { name: "Columns" }).press("Enter");
  await desk.getByRole("checkbox", { name: "Phone" }).press("Space");
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Escape");
  await expect.poll(() => heads(desk)).not.toContain("Phone");
  await goTo(desk, "/payments");
  await intoList(desk, "Payments");
  await goTo(desk, "/students");
  await intoList(desk, "Students");
  expect(await heads(desk)).not.toContain("Phone");
  const setup = (await bridge.rpc<Desk>("list_desk", {})).setups[0];
  expect(setup?.columns.find((column) => column.id === "phone")?.is_hidden).toBe(true);
  await desk.getByRole("button", { name: "Columns" }).click();
  await desk.getByRole("button", { name: "As the list came" }).click();
  await desk.keyboard.press("Escape");
  await expect.poll(() => heads(desk)).toEqual(before);
});

for (const [path, name] of [
  ["/students", "Students"],
  ["/payments", "Payments"],
] as const)
  test(`${name} are looked at beside the list, one after the other`, async ({ desk }) => {
    await goTo(desk, path);
    const grid = await intoList(desk, name);
    await desk.keyboard.press("Space");
    const panel = desk.getByRole("complementary");
    await expect(panel).toBeVisible();
    const first = await panel.getByRole("heading").first().innerText();
    for (let step = 0; step < 3; step++) await desk.keyboard.press("ArrowDown");
    await expect(panel.getByRole("heading").first()).not.toHaveText(first);
    expect(await axeFaults(desk)).toEqual([]);
    await desk.keyboard.press("x");
    await expect(desk.getByText("1 selected")).toBeVisible();
    expect(await axeFaults(desk)).toEqual([]);
    await desk.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(grid).toBeFocused();
    await desk.keyboard.press("Enter");
    await expect(grid).toBeHidden();
    await desk.goBack();
    await expect(grid).toBeFocused();
  });
