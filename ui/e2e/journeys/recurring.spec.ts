import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface List {
  rows: { template: { id: string; name: string }; made: number; state: string }[];
  due: unknown[];
}

const FILTER = {
  view: "all",
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

const list = (bridge: { rpc: <T>(name: string, request: unknown) => Promise<T> }) =>
  bridge.rpc<List>("list_recurring", {});

/** Takes the first of what a field found for a text, by the keys. */
async function choose(desk: Page, field: string, text: string) {
  await desk.getByRole("combobox", { name: field }).focus();
  await desk.keyboard.type(text);
  await desk.getByRole("option", { name: text }).waitFor({ timeout: 30_000 });
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("Enter");
}

test("what comes again is set by the keys, made once, and let wait, go on and end", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  await goTo(desk, "/invoices");
  await desk.getByRole("button", { name: "Recurring" }).click();
  await expect(desk.getByText("Nothing comes again yet")).toBeVisible({ timeout: 30_000 });
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("c");
  await expect(desk.getByLabel("Name")).toBeFocused({ timeout: 30_000 });
  await desk.keyboard.type("Theory evenings");
  await choose(desk, "For whom", "1017");
  await choose(desk, "For whom", "1018");
  await expect(desk.getByRole("list", { name: "Chosen students" }).getByRole("button")).toHaveCount(
    2,
  );
  await choose(desk, "Service, line 1", "KT-B");
  await desk.getByRole("button", { name: /Becomes/ }).click();
  await desk.getByRole("option", { name: "Issued at once" }).click();
  // Today is the first date, and both students pay for it.
  const ahead = desk.getByRole("complementary", { name: "What comes next" });
  await expect(ahead).toContainText("1\u00a0580,00", { timeout: 30_000 });
  await expect(ahead).toContainText("1 date has come already");
  await expect(ahead).toContainText("20\u00a0Dec");
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Control+s");

  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Theory evenings");
  await desk.getByRole("button", { name: "Look and make…" }).click();
  const dialog = desk.getByRole("dialog");
  await expect(dialog).toContainText("1\u00a0580,00");
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Enter");
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  const made = desk.getByRole("table", { name: "What was made" });
  await expect(made.getByRole("link")).toHaveCount(2);
  await expect(made).toContainText(/A-\d+/);
  const again = await bridge.rpc("make_recurring", {});
  expect(again).toEqual({ drafts: 0, issued: 0, kept_back: 0 });
  expect(await axeFaults(desk)).toEqual([]);

  await desk.getByRole("button", { name: "Pause" }).click();
  await expect(desk.getByRole("button", { name: "Let it go on" })).toBeVisible({ timeout: 30_000 });
  await desk.getByRole("button", { name: "Let it go on" }).click();
  await expect(desk.getByRole("button", { name: "Pause" })).toBeVisible({ timeout: 30_000 });
  await desk.getByRole("button", { name: "End…" }).click();
  const ending = desk.getByRole("alertdialog");
  await expect(ending).toContainText("The 2 it made stay");
  await ending.getByRole("button", { name: "End…" }).click();
  await expect(ending).toBeHidden({ timeout: 30_000 });
  expect((await list(bridge)).rows[0]).toMatchObject({ made: 2, state: "ended" });

  await goTo(desk, "/invoices/recurring");
  await desk.getByRole("button", { name: /^Last run/ }).click();
  await expect(dialog.getByRole("link")).toHaveCount(2);
});

test("an invoice is repeated, and what it says is changed", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  const window = { offset: 0, limit: 1 };
  const paid = await bridge.rpc<{ rows: { id: string; student: string }[] }>("list_invoices", {
    filter: { ...FILTER, view: "paid" },
    order: null,
    window,
  });
  const [invoice] = paid.rows;
  if (!invoice) throw new Error("the sample school has a paid invoice");
  await goTo(desk, `/invoices/${invoice.id}`);
  await desk.getByRole("button", { name: "More" }).click();
  await desk.getByRole("menuitem", { name: "Repeat this…" }).click();
  await expect(desk.getByRole("list", { name: "Chosen students" })).toContainText(invoice.student);
  await desk.getByLabel("Name").fill("Every month");
  await desk.getByRole("button", { name: "Save" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Every month");
  await expect(desk.getByText("Nothing yet.")).toBeVisible();

  await desk.keyboard.press("e");
  await desk.getByLabel("Every", { exact: true }).fill("2");
  await desk.getByRole("button", { name: /Ends/ }).click();
  await desk.getByRole("option", { name: "After so many" }).click();
  await desk.getByLabel("How many").fill("0");
  await desk.keyboard.press("Control+s");
  await expect(desk.getByText("The end lies before the first date.")).toBeVisible({
    timeout: 30_000,
  });
  await desk.getByLabel("How many").fill("6");
  await desk.keyboard.press("Control+s");
  await expect(desk.getByText(/Every 2 months/)).toBeVisible({ timeout: 30_000 });
  await expect(desk.getByText("6 times")).toBeVisible();
  expect((await list(bridge)).rows).toHaveLength(1);
});

test("a draft waits for its day, is seen in the list, and is taken back", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  await goTo(desk, "/invoices/new");
  await choose(desk, "Student", "1017");
  await choose(desk, "Service, line 1", "KT-B");
  const total = desk.getByRole("region", { name: "Total" });
  await expect(total).toContainText("790,00", { timeout: 30_000 });
  const issue = desk.getByRole("button", { name: /^Issue/ });
  await expect(issue).toBeEnabled({ timeout: 30_000 });
  await desk.getByRole("button", { name: "Schedule…" }).click();
  const dialog = desk.getByRole("dialog");
  await expect(dialog.getByRole("heading")).toHaveText("Schedule the invoice");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByLabel("Issued on").fill("1.12.2026");
  await desk.keyboard.press("Enter");
  await desk.keyboard.press("Enter");
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await expect(desk.getByRole("status").filter({ hasText: "It is issued on" })).toBeVisible();
  await expect(issue).toBeHidden();
  expect(await axeFaults(desk)).toEqual([]);

  await goTo(desk, "/invoices?view=draft&q=1017");
  const row = desk.getByRole("row").filter({ hasText: "Scheduled" });
  await expect(row).toContainText("1\u00a0Dec", { timeout: 30_000 });
  await row.getByRole("gridcell").first().click();
  await desk.keyboard.press("Enter");
  await desk.getByRole("button", { name: "Take back" }).click();
  await expect(desk.getByRole("button", { name: "Schedule…" })).toBeVisible({ timeout: 30_000 });
  const drafts = { filter: { ...FILTER, view: "draft", query: "1017" }, order: null };
  const window = { offset: 0, limit: 1 };
  const left = await bridge.rpc<{ rows: { status: string }[] }>("list_invoices", {
    ...drafts,
    window,
  });
  expect(left.rows[0]).toMatchObject({ status: "draft" });
});
