import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Money {
  amount: string;
}
interface Ageing {
  rows: { student_id: string; name: string; columns: Money[]; balance: Money }[];
}
const asked = { as_of: "2026-11-20", by: "due", buckets: [], department_id: null };

test("a cell of the ageing opens to its rows, and a balance to the open items that make it", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  const view = await bridge.rpc<Ageing>("ageing", asked);
  const row = view.rows.find(({ columns }) => Number(columns[1]?.amount) > 0);
  if (!row) throw new Error("somebody is overdue in the sample school");
  await goTo(desk, `/ageing?query=${row.name}`);
  const aged = desk.getByRole("grid", { name: "Ageing" }).getByRole("row", { name: row.name });
  const late = aged.getByRole("gridcell").nth(1);
  const owed = (await late.textContent()) ?? "";
  await late.getByRole("link").click();
  await expect(desk.getByRole("heading", { name: "1–30: open items" })).toBeVisible();
  await expect(desk.getByRole("grid").getByText(row.name).first()).toBeVisible();
  await expect(desk.locator("#work")).toContainText(owed);
  expect(await axeFaults(desk)).toEqual([]);

  await goTo(desk, `/ageing?query=${row.name}`);
  await aged.getByRole("link").last().click();
  const sums = desk.getByRole("region", { name: "Sums of the statement" });
  const shown = (await sums.textContent())?.replace(/[^\d,−-]/g, "") ?? "";
  expect(shown.replace(",", ".")).toContain(row.balance.amount.replace("-", ""));
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("radio", { name: "All that happened" }).click();
  await expect(desk.getByRole("grid", { name: "Statement" })).toBeVisible();

  await goTo(desk, "/ageing");
  await desk.getByRole("radio", { name: "Departments" }).click();
  const departments = desk.getByRole("grid", { name: "Departments" });
  await expect(departments).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  const of = departments.getByRole("row").nth(1);
  const balance = (await of.getByRole("gridcell").last().textContent()) ?? "";
  await of.getByRole("link").first().click();
  await expect(desk.getByRole("grid", { name: "Ageing" })).toBeVisible();
  await expect(desk.locator("#work")).toContainText(balance);
  expect(await axeFaults(desk)).toEqual([]);
});

test("a blocked student is let through with a reason, and a rule of the school changes the light", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  const list = {
    query: "",
    department_id: null,
    owing: true,
    order: null,
    window: { offset: 0, limit: 500 },
  };
  const { rows } = await bridge.rpc<{ rows: { id: string; light: string }[] }>(
    "list_students",
    list,
  );
  const blocked = rows.find(({ light }) => light === "blocked");
  if (!blocked) throw new Error("somebody is blocked in the sample school");
  await goTo(desk, `/students/${blocked.id}`);
  const gate = desk.getByRole("region", { name: "Debt gate" });
  await gate.getByRole("button", { name: "Let through" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByRole("button", { name: "Let through" }).click();
  await expect(dialog.getByText("This must be filled in.").first()).toBeVisible();
  await dialog.getByLabel("Reason").fill("Pays on Friday");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Let through" }).click();
  await expect(gate.getByText("Pays on Friday")).toBeVisible();
  const asks = { student_id: blocked.id, number: null, on: null };
  const { light, allowed } = await bridge.rpc<{ light: string; allowed: boolean }>(
    "debt_gate",
    asks,
  );
  expect([light, allowed]).toEqual(["blocked", true]);

  await goTo(desk, "/settings?tab=owing");
  await desk.getByRole("button", { name: "New rule" }).click();
  await dialog.getByLabel("Never below").fill("1000000");
  expect(await axeFaults(desk)).toEqual([]);
  await dialog.getByRole("button", { name: "Save rule" }).click();
  await expect(desk.getByText("The rule is saved")).toBeVisible();
  const clear = await bridge.rpc<{ light: string }>("debt_gate", asks);
  expect(clear.light).toBe("clear");
});
