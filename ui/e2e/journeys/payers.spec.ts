import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Students {
  rows: { id: string; name: string }[];
}

interface Invoices {
  rows: { number: string; payer: string; gross: { amount: string } }[];
}

/** What axe finds once nothing is read aloud any more of a button that is gone. */
async function faults(desk: Page): Promise<string[]> {
  await expect(desk.locator("[data-live-announcer] [role=img]")).toHaveCount(0, {
    timeout: 15_000,
  });
  return axeFaults(desk);
}

const WINDOW = { offset: 0, limit: 50 };

test("a payer is registered, pays for a student by default, and gets its part of an invoice", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  await goTo(desk, "/payers?register=true");
  const form = desk.getByRole("dialog");
  await form.getByLabel("Name").fill("NAV Fjordby");
  await form.getByLabel("Organisation no.").fill("889 640 782");
  await form.getByLabel("Reference or order no.").fill("PO 77");
  expect(await faults(desk)).toEqual([]);
  await form.getByRole("button", { name: "New payer" }).click();
  await expect(desk.getByRole("heading", { name: "NAV Fjordby" })).toBeVisible();
  expect(await faults(desk)).toEqual([]);

  const students = await bridge.rpc<Students>("list_students", {
    query: "",
    department_id: null,
    owing: false,
    order: null,
    window: WINDOW,
  });
  const [student] = students.rows;
  if (!student) throw new Error("the sample school has students");
  await goTo(desk, `/students/${student.id}`);
  const paidBy = desk.locator("section", { hasText: "The student pays." }).last();
  await paidBy.getByRole("button", { name: "Change" }).click();
  const shares = desk.getByRole("dialog");
  await shares.getByRole("button", { name: "Add a payer" }).click();
  await shares.getByRole("combobox", { name: "Payer" }).fill("NAV");
  await desk.getByRole("option", { name: /NAV Fjordby/ }).click();
  await shares.getByRole("textbox", { name: "Percent" }).fill("60");
  expect(await faults(desk)).toEqual([]);
  await shares.getByRole("button", { name: "Save" }).click();
  await expect(desk.getByRole("link", { name: "NAV Fjordby" })).toBeVisible();

  await goTo(desk, `/invoices/new?student=${student.id}`);
  await expect(desk.getByRole("button", { name: /Paid by/ })).toContainText("NAV Fjordby");
  const first = desk.getByRole("table", { name: "Lines" }).getByRole("combobox").first();
  await first.fill("KT-B");
  await desk.getByRole("option", { name: /KT-B/ }).first().click();
  const parts = desk.getByRole("table", { name: "Split between" });
  await expect(parts.getByRole("row")).toHaveCount(3);
  expect(await faults(desk)).toEqual([]);
  await desk.getByRole("button", { name: "Issue", exact: true }).click();
  const confirm = desk.getByRole("alertdialog");
  await expect(confirm.getByText("2 invoices are issued, one for each payer.")).toBeVisible();
  await confirm.getByRole("button", { name: /^Issue/ }).click();
  await expect(desk.getByRole("heading", { name: /Part 1 of 2/ })).toBeVisible();
  expect(await faults(desk)).toEqual([]);
  const filter = { view: "all", query: "NAV Fjordby" };
  const page = await bridge.rpc<Invoices>("list_invoices", { filter, order: null, window: WINDOW });
  expect(page.rows.map((row) => row.payer)).toEqual(["NAV Fjordby"]);

  await goTo(desk, "/ageing");
  await desk.getByRole("radio", { name: "Payers" }).click();
  await desk.getByRole("searchbox", { name: "Name or number" }).fill("NAV");
  const payers = desk.getByRole("grid", { name: "Payers" }).getByRole("rowgroup");
  await expect(payers.getByRole("row")).toHaveCount(1);
  const aged = payers.getByRole("row", { name: /NAV Fjordby/ });
  await expect(aged).toContainText("for 1 student");
  expect(await faults(desk)).toEqual([]);
  await aged.getByRole("link").last().click();
  const sums = desk.getByRole("region", { name: "Sums of the statement" });
  await expect(sums).toBeVisible();
  const statement = desk.getByRole("grid", { name: "Open items" });
  await expect(statement.getByRole("row", { name: new RegExp(student.name) })).toBeVisible();
  expect(await faults(desk)).toEqual([]);
});
