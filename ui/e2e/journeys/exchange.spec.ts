/* Another currency from its rate to the ledger, by the keyboard. */
import type { Page } from "@playwright/test";
import { axeFaults, expect, goTo, test } from "../fixtures/bridge";
import { choose, press, type } from "../fixtures/hands";

interface Balance {
  rows: { account: string; name: string; closing: { amount: string } }[];
}

async function setRate(desk: Page, currency: string, rate: string): Promise<void> {
  await goTo(desk, "/settings?tab=exchange");
  await press(desk.getByRole("button", { name: "New rate" }));
  const dialog = desk.getByRole("dialog");
  await type(dialog.getByRole("textbox", { name: "Currency" }), currency);
  await type(dialog.getByRole("textbox", { name: "Rate" }), rate);
  expect(await axeFaults(desk)).toEqual([]);
  await press(dialog.getByRole("button", { name: "Save rate" }));
  await expect(dialog).toBeHidden();
}

async function invoiceInEuro(desk: Page): Promise<void> {
  await goTo(desk, "/invoices/new");
  await choose(desk, desk.getByRole("combobox", { name: "Student" }), "1017");
  await choose(desk, desk.getByRole("button", { name: /Currency/ }), "EUR");
  await choose(desk, desk.getByRole("combobox", { name: "Service, line 1" }), "KT-B");
  const price = desk.getByRole("textbox", { name: "Price, line 1" });
  // The listed price by the rate; another one may be agreed.
  await expect(price).not.toHaveValue("");
  await type(price, "100");
  await expect(desk.getByText(/^=\sNOK\s1\s158,00 at 11,58 of/)).toBeVisible();
  await expect(desk.getByText(/^1 EUR = 11,58 NOK, the rate of/)).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await expect(desk.getByRole("button", { name: /^Issue/ })).toBeEnabled({ timeout: 30_000 });
  await desk.keyboard.press("Control+Enter");
  await press(desk.getByRole("alertdialog").getByRole("button", { name: /^Issue .*EUR/ }));
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(/A-\d+/, { timeout: 30_000 });
}

/** 100 euro that came as 1 150 kroner while nothing was open in euro: they wait as credit. */
async function moneyInAdvance(desk: Page): Promise<void> {
  await goTo(desk, "/payments/new");
  await choose(desk, desk.getByRole("combobox", { name: "Student" }), "1017");
  await choose(desk, desk.getByRole("button", { name: /Currency/ }), "EUR");
  await expect(desk.getByText(/has no open invoices in EUR$/)).toBeVisible({ timeout: 30_000 });
  await type(desk.getByLabel(/Amount received/), "100");
  await type(desk.getByLabel("Came as"), "1150");
  expect(await axeFaults(desk)).toEqual([]);
  await expect(desk.getByRole("button", { name: /^Record .*100,00/ })).toBeEnabled({
    timeout: 30_000,
  });
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByRole("heading", { name: /^Payment from/ })).toBeVisible({
    timeout: 30_000,
  });
  expect(await axeFaults(desk)).toEqual([]);
}

test("an invoice in euro is paid at another rate, and one with money that came before it", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  test.setTimeout(240_000);
  await setRate(desk, "eur", "11,58");
  await expect(desk.getByRole("gridcell", { name: "11,58" })).toBeVisible();
  await invoiceInEuro(desk);
  await expect(desk.getByRole("table", { name: "VAT in NOK" })).toContainText("231,60");
  expect(await axeFaults(desk)).toEqual([]);

  await desk.keyboard.press("r");
  await type(desk.getByLabel(/Amount received/), "100");
  await type(desk.getByLabel("Came as"), "1200");
  await expect(desk.getByText(/^Exchange gain/)).toHaveText(/42,00/, { timeout: 30_000 });
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByRole("table", { name: "Invoices it settles" })).toContainText("42,00", {
    timeout: 30_000,
  });
  expect(await axeFaults(desk)).toEqual([]);

  await goTo(desk, "/ledger?tab=journal&period=all&account=8060");
  const journal = desk.getByRole("grid", { name: "Journal" });
  const gained = journal.getByRole("row").filter({ hasText: "Exchange gain or loss" });
  await expect(gained).toContainText("42,00", { timeout: 30_000 });
  const { rows } = await bridge.rpc<Balance>("trial_balance", { from: null, to: null });
  expect(rows.find(({ account }) => account === "8060")?.closing.amount).toBe("-42.00");

  await moneyInAdvance(desk);
  await invoiceInEuro(desk);
  await desk.keyboard.press("r");
  const credit = desk.getByRole("table", { name: "Credit that is already there" });
  await press(credit.getByRole("button", { name: "Use" }));
  const use = desk.getByRole("dialog");
  await press(use.getByRole("button", { name: /^Use .*100,00/ }));
  await expect(use).toBeHidden({ timeout: 30_000 });
  const after = await bridge.rpc<Balance>("trial_balance", { from: null, to: null });
  expect(after.rows.find(({ account }) => account === "8160")?.closing.amount).toBe("8.00");
});

test("rates are brought in as a table, all of them or none", {
  tag: "@keys",
}, async ({ desk }) => {
  await goTo(desk, "/settings?tab=exchange");
  await press(desk.getByRole("button", { name: "Import rates" }));
  const dialog = desk.getByRole("dialog");
  const table = dialog.getByLabel("Table");
  await table.fill("currency,rate,date\nEUR,11.58,2026-11-20\nSEK,much,2026-11-20\n");
  expect(await axeFaults(desk)).toEqual([]);
  await press(dialog.getByRole("button", { name: "Set the rates" }));
  await expect(dialog.getByText(/^Line 3 cannot be read/)).toBeVisible();
  await table.fill("currency,rate,date\nEUR,11.58,2026-11-20\nSEK,1.0412,2026-11-20\n");
  await press(dialog.getByRole("button", { name: "Set the rates" }));
  await expect(desk.getByText("2 rates are set.")).toBeVisible();
  await expect(desk.getByRole("gridcell", { name: "Swedish Krona" })).toBeVisible();
});
