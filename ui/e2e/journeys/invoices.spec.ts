import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

const FILTER = {
  view: "part_paid",
  query: "",
  student_id: null,
  department_id: null,
  issued_from: null,
  issued_to: null,
  due_from: null,
  due_to: null,
  amount_from: null,
  amount_to: null,
};

/** Chooses the student by number and the service by code, with the keyboard alone. */
async function write(desk: Page, student: string, service: string) {
  await goTo(desk, "/invoices/new");
  const who = desk.getByRole("combobox", { name: "Student" });
  await expect(who).toBeFocused();
  await desk.keyboard.type(student);
  await desk.getByRole("option", { name: student }).waitFor();
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("Enter");
  // At once, before the backend has answered: what was chosen must not be lost.
  await desk.getByRole("combobox", { name: "Service, line 1" }).focus();
  await desk.keyboard.type(service);
  await desk.getByRole("option", { name: service }).waitFor();
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("Enter");
}

test("a draft is priced while it is typed, kept, issued and shown as paper", async ({
  desk,
  bridge,
}) => {
  await write(desk, "1017", "KT-B");
  const total = desk.getByRole("region", { name: "Total" });
  await expect(total).toContainText("790,00");
  await desk.getByLabel("Qty, line 1").fill("3");
  await expect(total).toContainText("2\u00a0370,00");
  await expect(total).toContainText("474,00");
  await expect(desk.getByText(/Number A-\d+ is free/)).toBeVisible();
  await expect(desk.locator("canvas")).toBeVisible();

  await desk.keyboard.press("Control+s");
  await expect(desk.getByText("The draft is saved")).toBeVisible();
  await expect(desk.getByText("Not saved")).toBeHidden();

  await desk.keyboard.press("Control+Enter");
  const last = desk.getByRole("alertdialog");
  await expect(last.getByRole("heading")).toHaveText(/Issue A-\d+\?/);
  await last.getByRole("button", { name: /Issue 2\s370,00/ }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(/A-\d+/);
  await expect(desk.getByText("2\u00a0370,00").first()).toBeVisible();
  await expect(desk.locator("canvas")).toBeVisible();

  const drafts = { filter: { ...FILTER, view: "draft", query: "1017" }, order: null };
  const window = { offset: 0, limit: 1 };
  const left = await bridge.rpc<{ total: number }>("list_invoices", { ...drafts, window });
  expect(left.total).toBe(0);
});

test("lines are typed like a sheet", async ({ desk }) => {
  await write(desk, "1017", "KT-B");
  const rows = desk.getByRole("table", { name: "Lines" }).locator("tbody tr");
  await desk.getByLabel("Qty, line 1").focus();
  await desk.keyboard.press("Enter");
  await expect(rows).toHaveCount(2);
  const second = desk.getByRole("combobox", { name: "Service, line 2" });
  await expect(second).toBeFocused();
  await desk.keyboard.type("Theory evening");
  await desk.keyboard.press("Tab");
  await desk.getByLabel("Price, line 2").fill("250");
  await expect(desk.getByRole("region", { name: "Total" })).toContainText("1\u00a0040,00");

  await desk.keyboard.press("Control+d");
  await expect(rows).toHaveCount(3);
  await expect(desk.getByRole("combobox", { name: "Service, line 3" })).toHaveValue(
    "Theory evening",
  );
  await desk.keyboard.press("Control+Delete");
  await expect(rows).toHaveCount(2);
  await second.focus();
  await desk.keyboard.press("Alt+ArrowUp");
  await expect(desk.getByRole("combobox", { name: "Service, line 1" })).toHaveValue(
    "Theory evening",
  );
  await expect(desk.getByLabel("Price, line 1")).toHaveValue("250,00");
});

test("leaving what is not saved asks once", { tag: "@keys" }, async ({ desk }) => {
  await write(desk, "1017", "KT-B");
  await desk.getByRole("link", { name: "Payments" }).click();
  const ask = desk.getByRole("alertdialog");
  await ask.getByRole("button", { name: "Stay" }).click();
  await expect(desk.getByRole("heading", { name: "New invoice" })).toBeVisible();
  await desk.getByRole("link", { name: "Payments" }).click();
  await ask.getByRole("button", { name: "Save and leave" }).click();
  await expect(desk.getByRole("heading", { name: "Payments", level: 1 })).toBeVisible();
  await goTo(desk, "/invoices?view=draft&q=1017");
  await expect(desk.getByRole("grid")).toContainText("790,00");
});

test("a part of an invoice is credited after seeing what it does", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  const { rows } = await bridge.rpc<{ rows: { id: string; number: string }[] }>("list_invoices", {
    filter: FILTER,
    order: null,
    window: { offset: 0, limit: 1 },
  });
  const invoice = rows[0];
  if (!invoice) throw new Error("the sample has no part-paid invoice");
  await goTo(desk, `/invoices/${invoice.id}`);
  await desk.getByRole("button", { name: "Credit…" }).click();
  const dialog = desk.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: /as it is/ })).toBeFocused();
  await dialog.getByText("Chosen lines").click();
  await dialog
    .getByLabel(/Take back of/)
    .first()
    .fill("100");
  await expect(dialog.getByRole("row", { name: /Open of the invoice/ })).toBeVisible();
  await dialog.getByRole("textbox", { name: /Reason/ }).fill("Cancelled in time");
  await dialog.getByRole("button", { name: /Credit 100,00 of A-/ }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(/AK-\d+/);
  await expect(desk.getByText("Cancelled in time")).toBeVisible();
  await expect(desk.locator("canvas")).toBeVisible();
  await desk.getByRole("link", { name: invoice.number }).click();
  await expect(desk.getByRole("table", { name: "Settled by" })).toContainText("100,00");
});

test("an invoice is taken back and opened as a draft to be mended", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  const { rows } = await bridge.rpc<{ rows: { id: string; number: string; student: string }[] }>(
    "list_invoices",
    {
      filter: { ...FILTER, view: "overdue" },
      order: null,
      window: { offset: 0, limit: 1 },
    },
  );
  const invoice = rows[0];
  if (!invoice) throw new Error("the sample has no overdue invoice");
  await goTo(desk, `/invoices/${invoice.id}`);
  const lines = desk.getByRole("table", { name: "Lines" }).locator("tbody tr");
  await lines.first().waitFor();
  const count = await lines.count();
  await desk.getByRole("button", { name: "Credit…" }).click();
  const dialog = desk.getByRole("alertdialog");
  await dialog.getByText("Open a new draft with the same lines").click();
  await dialog.getByRole("textbox", { name: /Reason/ }).fill("Wrong service");
  await dialog.getByRole("button", { name: /Credit .* and open a draft/ }).click();
  await expect(desk.getByRole("heading", { name: "Draft", level: 1 })).toBeVisible();
  await expect(desk.getByRole("combobox", { name: "Student" })).toHaveValue(invoice.student);
  await expect(lines).toHaveCount(count);
  await expect(desk.getByRole("button", { name: /^Issue/ })).toBeEnabled();
  await desk.getByRole("button", { name: /Open AK-\d+/ }).click();
  await expect(desk.getByText("Wrong service")).toBeVisible();

  // The same again, without taking anything back.
  await goTo(desk, `/invoices/${invoice.id}`);
  await desk.getByRole("button", { name: "More" }).click();
  await desk.getByRole("menuitem", { name: "New draft with these lines" }).click();
  await expect(desk.getByRole("heading", { name: "Draft", level: 1 })).toBeVisible();
  await expect(lines).toHaveCount(count);
});

test("what issuing refuses leads to the field that is mended", { tag: "@keys" }, async ({
  desk,
}) => {
  await goTo(desk, "/invoices/new");
  const who = desk.getByRole("combobox", { name: "Student" });
  await expect(who).toBeFocused();
  const service = desk.getByRole("combobox", { name: "Service, line 1" });
  await service.focus();
  await desk.keyboard.type("Something else");
  await desk.keyboard.press("Tab");
  await desk.getByRole("button", { name: "Line 1 has no price" }).click();
  await expect(desk.getByLabel("Price, line 1")).toBeFocused();
  await desk.getByRole("button", { name: "Choose a student" }).focus();
  await desk.keyboard.press("Enter");
  await expect(who).toBeFocused();
  // Without waiting for the search: Enter takes the first match when it is there.
  await desk.keyboard.type("1017");
  await desk.keyboard.press("Enter");
  await expect(who).not.toHaveValue("1017");
  await expect(desk.getByRole("button", { name: "Choose a student" })).toBeHidden();
  await expect(desk.getByRole("button", { name: "Line 1 has no price" })).toBeVisible();
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByLabel("Price, line 1")).toBeFocused();
});

test("the list is walked, peeked and found again by keys", async ({ desk }) => {
  await goTo(desk, "/invoices?view=overdue");
  const grid = desk.getByRole("grid");
  await grid.getByRole("rowheader").first().waitFor();
  await grid.focus();
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("p");
  const panel = desk.getByRole("complementary");
  const number = await panel.getByRole("heading", { level: 2 }).textContent();
  await expect(panel.getByRole("table", { name: "Lines" })).toBeVisible();
  await desk.keyboard.press("x");
  await expect(desk.getByText("1 selected")).toBeVisible();
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(number ?? "");
  await desk.goBack();
  await expect(desk.getByText("1 selected")).toBeVisible();
  await expect(grid).toBeFocused();
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText(number ?? "");
});

test("the palette finds an invoice by its number", async ({ desk }) => {
  await desk.keyboard.press("Control+k");
  await desk.keyboard.type("A-10018");
  await desk
    .getByRole("menuitem", { name: /A-10018/ })
    .first()
    .click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("A-10018");
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme });
    test("axe finds no fault in the screens of invoices", async ({ desk }) => {
      await goTo(desk, "/invoices?view=overdue");
      await desk.getByRole("rowheader").first().click();
      await desk.getByRole("table", { name: "Lines" }).waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await desk.keyboard.press("Enter");
      await desk.locator("canvas").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await write(desk, "1017", "KT-B");
      await desk.locator("canvas").waitFor();
      expect(await axeFaults(desk)).toEqual([]);
    });
  });
}
