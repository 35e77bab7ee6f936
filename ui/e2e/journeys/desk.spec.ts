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

/** Waits until the palette has nothing above what is wanted, and takes it by keys. What is there
    while somebody types is chosen at once; what is found later is reached by an arrow. */
async function takeFirst(page: Page, name: RegExp) {
  const first = page.getByRole("menuitem").first();
  await expect(first).toHaveText(name);
  await expect(async () => {
    const chosen = await first.getAttribute("data-focused");
    if (chosen !== "true") await page.keyboard.press("ArrowDown");
    await expect(first).toHaveAttribute("data-focused", "true", { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
}

for (const theme of ["light", "dark"] as const)
  test.describe(`in ${theme}`, () => {
    test.use({ theme });
    test("a filter is kept under a name and the list opens with it", {
      tag: "@keys",
    }, async ({ desk, bridge }) => {
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

test("what narrows the reminders and the audit is kept under a name", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  async function keep(name: string) {
    await desk.getByRole("button", { name: "Views", exact: true }).click();
    await desk.getByRole("menuitem", { name: "Save as a view" }).click();
    await desk.getByLabel("Name").fill(name);
    await desk.keyboard.press("Enter");
    await expect(desk.getByRole("button", { name })).toBeVisible();
  }
  const plan = await bridge.rpc<{ messages: { level: string }[] }>("reminder_plan", {});
  const level = plan.messages[0]?.level ?? "";
  const count = plan.messages.filter((message) => message.level === level).length;
  await goTo(desk, `/reminders?level=${level}`);
  // Only what is seen is made.
  const make = desk.getByRole("button", { name: new RegExp(`^Make ${count} reminders?$`) });
  await expect(make).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await keep("To begin with");
  await goTo(desk, "/audit?kind=invoice_issued");
  await intoList(desk, "Audit");
  await keep("What was issued");
  expect(await axeFaults(desk)).toEqual([]);
  const { views } = await bridge.rpc<Desk>("list_desk", {});
  expect(views.map(({ address }) => JSON.parse(address))).toEqual(
    expect.arrayContaining([{ level }, { kind: "invoice_issued" }]),
  );

  await goTo(desk, "/reminders?tab=left_out");
  await expect(desk.getByRole("grid", { name: "Left out" })).toBeVisible();
  await desk.getByRole("button", { name: "Views", exact: true }).click();
  await desk.getByRole("menuitem", { name: "To begin with" }).click();
  await expect(make).toBeVisible();
  expect(desk.url()).toContain(`level=${level}`);
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

test("the palette acts on what is open, and leads back to it", async ({ desk }) => {
  await goTo(desk, "/invoices?view=overdue");
  await intoList(desk, "Invoices");
  await desk.keyboard.press("Enter");
  const title = desk.getByRole("heading", { level: 1 });
  await expect(title).toHaveText(/^A-/);
  await expect(desk.getByRole("button", { name: "Record payment" })).toBeVisible();
  const number = await title.innerText();
  await desk.keyboard.press("Control+k");
  await desk.keyboard.type("credit");
  await takeFirst(desk, /^Credit…/);
  await expect(desk.getByRole("alertdialog")).toContainText(number);
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("Escape");
  await goTo(desk, "/students");
  await intoList(desk, "Students");
  await desk.keyboard.press("Control+k");
  await expect(desk.getByText("Looked at last")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.type(number);
  await takeFirst(desk, new RegExp(number));
  await expect(title).toHaveText(number);
});

test("amounts are typed as sums and days in short, and recorded at once", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  const { rows } = await bridge.rpc<{ rows: { id: string; name: string }[] }>("list_students", {
    query: "1017",
    department_id: null,
    owing: false,
    order: null,
    window: { offset: 0, limit: 1 },
  });
  await goTo(desk, `/payments/new?student=${rows[0]?.id}`);
  const amount = desk.getByLabel("Amount received");
  await amount.fill("1,5k + 3*100");
  await expect(desk.getByText(/^= 1\s800,00$/)).toBeVisible();
  const day = desk.getByLabel("Received on");
  await day.fill("-1m");
  await day.press("Tab");
  await expect(day).toHaveValue(/^20\sOct\s2026$/);
  await expect(amount).toHaveValue(/^1\s800,00$/);
  // Pressed before anybody could know the shares of the new amount.
  await amount.fill("1900");
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByRole("heading", { name: /Payment from/ })).toBeVisible();
  await expect(desk.getByText(/1\s900,00/).first()).toBeVisible();
});

test("every screen names its keys once", async ({ desk }) => {
  const paths = ["/", "/students", "/charges", "/invoices", "/payments", "/ageing", "/reminders"];
  const rest = ["/connections", "/mapping", "/exports", "/review", "/audit", "/settings"];
  for (const path of [...paths, ...rest, "/invoices/new", "/payments/new"]) {
    await goTo(desk, path);
    await expect(desk.getByRole("heading", { level: 1 })).toBeVisible();
    await desk.locator("#work").focus();
    await desk.keyboard.press("?");
    const sheet = desk.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(sheet).toBeVisible();
    const keys = await sheet.locator("dd .sr").allInnerTexts();
    expect(keys.length, path).toBeGreaterThan(5);
    expect(
      keys.filter((key, at) => keys.indexOf(key) !== at),
      path,
    ).toEqual([]);
    await desk.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
  }
});

test("a setting is found by its words, from the settings and from the palette", async ({
  desk,
}) => {
  await goTo(desk, "/settings");
  await desk.getByLabel("Search the settings").fill("vat");
  await expect(desk.getByRole("list", { name: "Found in the settings" })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("tab", { selected: true })).toHaveText("School");
  await expect(desk.getByRole("region", { name: "VAT codes" })).toBeFocused();
  await desk.keyboard.press("Control+k");
  await desk.keyboard.type("row height");
  await takeFirst(desk, /Row height/);
  await expect(desk.getByRole("region", { name: "Row height" })).toBeFocused();
});

test("a school that is half set up is not left without asking", { tag: "@keys" }, async ({
  desk,
}) => {
  const menu = desk.getByRole("button", { name: /Schools on this desk/ });
  await menu.click();
  await desk.getByRole("menuitem", { name: /^Add a school/ }).click();
  const name = desk.getByLabel("Name", { exact: true });
  await name.fill("Nordby Trafikkskole");
  const ask = desk.getByRole("alertdialog");
  const turnBack = async () => {
    await menu.click();
    await desk.getByRole("menuitem", { name: /Fjordby/ }).click();
  };
  await turnBack();
  expect(await axeFaults(desk)).toEqual([]);
  await ask.getByRole("button", { name: "Go on with the set-up" }).click();
  await expect(ask).toBeHidden();
  await expect(name).toHaveValue("Nordby Trafikkskole");
  await turnBack();
  await ask.getByRole("button", { name: "Leave without keeping it" }).click();
  await expect(menu).toHaveText(/Fjordby Trafikkskole/, { timeout: 30_000 });
  await expect(desk.getByRole("link", { name: "Students" })).toBeVisible();
});
