import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Page {
  rows: { id: string; student_id: string; number: string; days_overdue: number }[];
}

interface Plans {
  rows: { id: string; state: string; instalments: { amount: { amount: string } }[] }[];
}

const FILTER = {
  view: "overdue",
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

test("an overdue invoice is put into a plan, changed by hand, and the plan is ended", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  const window = { offset: 0, limit: 1 };
  const overdue = await bridge.rpc<Page>("list_invoices", { filter: FILTER, order: null, window });
  const [invoice] = overdue.rows;
  if (!invoice) throw new Error("the sample school has an overdue invoice");
  await goTo(desk, `/invoices/${invoice.id}`);
  await desk.getByRole("button", { name: "More" }).click();
  await desk.getByRole("menuitem", { name: "Payment plan" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("How many").fill("4");
  await expect(dialog.getByRole("listitem")).toHaveCount(4);
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: /^Agree plan over/ }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.getByRole("region", { name: "Payment plan" })).toContainText("Kept");
  const after = await bridge.rpc<Page>("find_invoice", { id: invoice.id });
  expect(after).toMatchObject({ plan: "kept" });
  // What is read aloud of the button that agreed it stands for some seconds, longer than the button.
  await expect(desk.locator("[data-live-announcer] [role=img]")).toHaveCount(0, {
    timeout: 15_000,
  });
  expect(await axeFaults(desk)).toEqual([]);

  await goTo(desk, "/plans");
  await expect(desk.getByRole("radio", { name: /Running/ })).toBeChecked();
  await desk.getByRole("gridcell").first().click();
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("table", { name: "Instalments" }).getByRole("row")).toHaveCount(6);
  expect(await axeFaults(desk)).toEqual([]);

  await desk.getByRole("button", { name: "Change plan" }).click();
  await desk.getByText("By hand").click();
  await dialog.getByRole("button", { name: "Remove instalment 3" }).click();
  await expect(dialog.getByText(/missing/)).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Escape");

  await desk.getByRole("button", { name: "End plan" }).click();
  const ending = desk.getByRole("alertdialog");
  await ending.getByLabel("Reason").fill("Pays everything at once");
  await ending.getByRole("button", { name: "End plan" }).click();
  await expect(desk.getByText("Ended").first()).toBeVisible();
  const about = { shelf: "all", query: "", student_id: null, invoice_id: invoice.id, window };
  const plans = await bridge.rpc<Plans>("list_plans", about);
  expect(plans.rows[0]?.state).toBe("ended");
});
