import type { Page } from "@playwright/test";
import { axeFaults, type Bridge, expect, goTo, test } from "../fixtures/bridge";

interface Account {
  balance: { amount: string };
  credit: { amount: string };
}

async function tiril(bridge: Bridge): Promise<string> {
  const page = await bridge.rpc<{ rows: { id: string }[] }>("list_students", {
    query: "1017",
    department_id: null,
    owing: true,
    order: null,
    window: { offset: 0, limit: 1 },
  });
  return page.rows[0]?.id ?? "";
}

const account = (bridge: Bridge, student_id: string) =>
  bridge.rpc<Account>("student_account", { student_id });

const amount = (page: Page) => page.getByLabel("Amount received");

test("a part of one invoice is paid, and the rest stays open", async ({ desk, bridge }) => {
  const id = await tiril(bridge);
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("1000");
  await expect(desk.getByLabel("Allocate to A-10018")).toHaveValue("1\u00a0000,00");
  await expect(desk.getByText("1\u00a0999,00")).toBeVisible();
  await expect(desk.getByText("All of it is allocated; nothing is left over.")).toBeVisible();
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByRole("heading", { name: "Payment from Tiril Haugland" })).toBeVisible();
  await expect(desk.getByRole("link", { name: "A-10018" })).toBeVisible();
  expect((await account(bridge, id)).balance.amount).toBe("26119.00");
});

test("one payment settles several invoices, oldest first or as typed", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  const id = await tiril(bridge);
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("15000");
  await expect(desk.getByLabel("Allocate to A-10130")).toHaveValue("1\u00a0451,00");
  await desk.getByRole("button", { name: /Clear/ }).click();
  await expect(desk.getByText(/15\s000,00 is left over\./)).toBeVisible();

  await desk.getByLabel("Allocate to A-10018").fill("5000");
  await expect(desk.getByRole("alert")).toContainText(
    "Only 2\u00a0999,00 is still open on A-10018.",
  );
  const verb = desk.getByRole("button", { name: /Record 15/ });
  await expect(verb).toHaveAccessibleDescription(/still open on A-10018/);
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByRole("heading", { name: "Record payment" })).toBeVisible();

  await desk.getByRole("button", { name: /Oldest first/ }).click();
  await expect(desk.getByLabel("Allocate to A-10018")).toHaveValue("2\u00a0999,00");
  await verb.click();
  await expect(
    desk.getByRole("table", { name: "Invoices it settles" }).getByRole("row"),
  ).toHaveCount(6);
  expect((await account(bridge, id)).balance.amount).toBe("12119.00");
});

test("too much is kept as credit, seen in balance and ageing, and used later", async ({
  desk,
  bridge,
}) => {
  const id = await tiril(bridge);
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("30 000");
  await expect(desk.getByText(/2\s881,00 is left over\./)).toBeVisible();
  await desk.getByRole("button", { name: /Record 30/ }).click();
  await expect(desk.getByText(/2\s881,00 is kept as credit\./)).toBeVisible();

  await desk.getByRole("button", { name: "Open student" }).click();
  await expect(desk.getByText("Has credit")).toBeVisible();
  expect((await account(bridge, id)).balance.amount).toBe("-2881.00");

  await goTo(desk, "/ageing?query=1017");
  const row = desk.getByRole("row").filter({ hasText: "Tiril Haugland" });
  await expect(row.getByText("−2\u00a0881,00")).toHaveCount(2);

  await goTo(desk, `/payments/new?student=${id}`);
  await expect(desk.getByText("Credit that is already there")).toBeVisible();
});

test("credit that is already there is set against invoices, once", async ({ desk, bridge }) => {
  const id = await tiril(bridge);
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("3000");
  await desk.getByRole("button", { name: /Clear/ }).click();
  await desk.getByRole("button", { name: /Record 3/ }).click();
  await desk.getByRole("button", { name: "Set against invoices" }).click();
  const dialog = desk.getByRole("dialog");
  await expect(dialog.getByLabel("Allocate to A-10018")).toHaveValue("2\u00a0999,00");
  await expect(dialog.getByLabel("Allocate to A-10037")).toHaveValue("1,00");
  await dialog.getByRole("button", { name: /Use 3/ }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.getByRole("button", { name: "Set against invoices" })).toBeHidden();
  const after = await account(bridge, id);
  expect([after.balance.amount, after.credit.amount]).toEqual(["24119.00", "0.00"]);
});

test("the same money twice is asked about", async ({ desk, bridge }) => {
  const id = await tiril(bridge);
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("500");
  await desk.getByRole("button", { name: /Record 500/ }).click();
  await desk.getByRole("heading", { name: "Payment from Tiril Haugland" }).waitFor();
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("500");
  await expect(desk.getByText("This may be money you have already recorded.")).toBeVisible();
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ theme });
    test("axe finds no fault in the screens of payments", async ({ desk, bridge }) => {
      await goTo(desk, "/payments");
      await desk.getByText("Sofie Berg").first().waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await goTo(desk, `/payments/new?student=${await tiril(bridge)}`);
      await amount(desk).fill("30000");
      await desk.getByText(/2\s881,00 is left over\./).waitFor();
      expect(await axeFaults(desk)).toEqual([]);
      await goTo(desk, "/payments?unallocated=true");
      await desk.getByRole("rowheader").first().dblclick();
      await desk.getByRole("button", { name: "Set against invoices" }).waitFor();
      expect(await axeFaults(desk)).toEqual([]);
    });
  });
}

test("a surcharge of a way to pay is set, seen, taken and invoiced", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  const services = await bridge.rpc<{ rows: { id: string; code: string; kind: string }[] }>(
    "list_services",
    { query: "", include_inactive: false },
  );
  const fee = services.rows.find((row) => row.kind === "fee");
  expect(fee).toBeDefined();
  await goTo(desk, "/settings?tab=school");
  await desk.getByRole("button", { name: "New payment method" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Card on file");
  await expect(dialog.getByLabel("Code")).toHaveValue("card-on-file");
  await dialog.getByText("The payer bears a surcharge").click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Fill this in.").first()).toBeVisible();
  await dialog.getByLabel("Percent of what is paid").fill("1,5");
  await dialog.getByLabel("Invoiced as").click();
  await desk.getByRole("option", { name: new RegExp(`${fee?.code}$`) }).click();
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.getByRole("row", { name: /Card on file.*1,5 %/ })).toBeVisible();

  const id = await tiril(bridge);
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("2999");
  await desk.getByLabel("Method").click();
  await desk.getByRole("option", { name: "Card on file" }).click();
  await desk.getByRole("checkbox", { name: /44,99 on top/ }).waitFor();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("button", { name: /Record 3\s043,99/ }).click();
  await expect(desk.getByRole("heading", { name: "Payment from Tiril Haugland" })).toBeVisible();
  const settled = desk.getByRole("table", { name: "Invoices it settles" });
  await expect(settled.getByText("44,99")).toBeVisible();
  expect((await account(bridge, id)).credit.amount).toBe("0.00");
});

test("a line of the bank finds the student and the invoice it pays", async ({ desk, bridge }) => {
  const id = await tiril(bridge);
  const { rows } = await bridge.rpc<{
    rows: { kind: string; id: string; left: { amount: string } }[];
  }>("student_account", { student_id: id });
  const open = rows.filter(({ kind, left }) => kind === "invoice" && Number(left.amount) > 0);
  const newest = open.at(-1);
  const invoice = await bridge.rpc<{ number: string; payment_reference: string }>("find_invoice", {
    id: newest?.id,
  });
  const kid = invoice.payment_reference;
  await goTo(desk, "/payments/new");
  const reference = desk.getByRole("textbox", { name: "KID or reference" });
  await reference.fill(`19.11.2026 GIRO KID:${kid.slice(0, 4)} ${kid.slice(4)} fra 1503.20.12345`);
  await expect(reference).toHaveValue(kid);
  await expect(desk.getByRole("combobox", { name: /Student/ })).toHaveValue("Tiril Haugland");
  await expect(desk.getByText(`The reference names ${invoice.number}`)).toBeVisible();
  await amount(desk).fill("100");
  await expect(desk.getByLabel(`Allocate to ${invoice.number}`)).toHaveValue("100,00");
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("button", { name: /Oldest first/ }).click();
  await expect(desk.getByLabel(`Allocate to ${invoice.number}`)).not.toHaveValue("100,00");
});

test("the list is printed as it is narrowed", async ({ desk }) => {
  for (const place of ["/payments", "/students?owing=true"]) {
    await goTo(desk, place);
    await desk.getByRole("gridcell").first().waitFor({ timeout: 30_000 });
    await desk.getByRole("button", { name: "Print list" }).click();
    await expect(desk.getByText(/The list is made and lies here:/).first()).toBeVisible({
      timeout: 30_000,
    });
    expect(await axeFaults(desk)).toEqual([]);
  }
  await goTo(desk, "/students?query=qqqq");
  await expect(desk.getByRole("button", { name: "Print list" })).toHaveAccessibleDescription(
    "There is nothing to print",
  );
});

test("announced money settles nothing until it is there", async ({ desk, bridge }) => {
  const id = await tiril(bridge);
  const before = await account(bridge, id);
  await goTo(desk, `/payments/new?student=${id}`);
  await amount(desk).fill("1000");
  await desk.getByText("Announced, not here yet").click();
  await expect(desk.getByText("It settles nothing yet")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("button", { name: /Record 1/ }).click();
  await expect(desk.getByRole("heading", { name: "Payment from Tiril Haugland" })).toBeVisible();
  expect(await account(bridge, id)).toEqual(before);
  await desk.getByRole("button", { name: "Money arrived" }).click();
  await desk
    .getByRole("alertdialog")
    .or(desk.getByRole("dialog"))
    .getByRole("button", { name: /arrived/ })
    .click();
  await expect(desk.getByText(/is there/).first()).toBeVisible();
  expect(Number((await account(bridge, id)).balance.amount)).toBe(
    Number(before.balance.amount) - 1000,
  );
});
