import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Balance {
  rows: { account: string; name: string; closing: { amount: string } }[];
}

test("a balance opens to its entries, and an entry to its document", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  const balance = await bridge.rpc<Balance>("trial_balance", { from: null, to: null });
  const owed = balance.rows.find((row) => row.account === "1500");
  if (!owed) throw new Error("somebody owes the sample school");
  await goTo(desk, "/ledger?tab=balance&period=all");
  const grid = desk.getByRole("grid", { name: "Trial balance" });
  await expect(grid.getByText("Kundefordringer")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await grid.getByText("Kundefordringer").dblclick();
  const journal = desk.getByRole("grid", { name: "Journal" });
  await expect(journal.getByText("Invoice").first()).toBeVisible();
  await journal.getByText("Invoice").first().click();
  await desk.keyboard.press("Enter");
  const panel = desk.getByRole("complementary");
  await expect(panel.getByText("1500")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await panel.getByRole("button", { name: "Open it" }).click();
  await expect(desk.getByRole("table", { name: "Postings" })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
});

test("an account gets a name of the school's own", { tag: "@keys" }, async ({ desk }) => {
  await goTo(desk, "/ledger?tab=accounts");
  const grid = desk.getByRole("grid", { name: "Chart of accounts" });
  await grid.getByText("Salgsinntekt, avgiftspliktig").dblclick();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Kjøretimer");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(grid.getByText("Kjøretimer")).toBeVisible();
});

test("a new VAT rate begins on its day", async ({ desk }) => {
  await goTo(desk, "/settings?tab=vat");
  const grid = desk.getByRole("grid", { name: "VAT" });
  await expect(grid.getByText("In force").first()).toBeVisible();
  await desk.getByRole("button", { name: "New rate" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("VAT", { exact: true }).fill("3");
  await dialog.getByLabel("Name").fill("26 %");
  await dialog.getByRole("textbox", { name: "Rate" }).fill("26");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(grid.getByText("26 %").first()).toBeVisible();
});

test("the series are shown without a gap, and a year gets one of its own", async ({ desk }) => {
  await goTo(desk, "/settings?tab=series");
  const grid = desk.getByRole("grid", { name: "Number series" });
  await expect(grid.getByText("No gap").first()).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await grid.getByText("Invoices").dblclick();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Prefix").fill("F{yy}-");
  await dialog.getByText("A series of its own for every year").click();
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(desk.getByText("The numbering was saved")).toBeVisible();
});
