import { axeFaults, expect, goTo, test } from "../fixtures/bridge";

interface Revenue {
  parts: {
    net: { amount: string };
    rows: { code: string; name: string; net: { amount: string } }[];
  }[];
}

const YEAR = { from: "2026-01-01", to: "2026-12-31", department_id: null, compare: "none" };

test("revenue is cut by service and opens to the documents that make it", { tag: "@keys" }, async ({
  desk,
  bridge,
}) => {
  await goTo(desk, "/reports");
  await expect(desk.getByRole("heading", { name: "Reports" })).toBeVisible();
  await expect(desk.getByRole("figure", { name: "Revenue over time" })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);

  await desk.getByRole("button", { name: "As table" }).click();
  await expect(desk.getByRole("table", { name: "Revenue over time" })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("button", { name: /Rows/ }).click();
  await desk.getByRole("option", { name: "Service" }).click();
  const view = await bridge.rpc<Revenue>("revenue", { ...YEAR, by: "service" });
  const [first] = view.parts[0]?.rows ?? [];
  if (!first) throw new Error("the sample school has sold something");
  const table = desk.getByRole("table", { name: "Revenue" });
  await table.getByRole("button", { name: first.name }).click();
  await expect(desk.getByRole("heading", { name: first.name })).toBeVisible();
  await expect(desk.getByRole("grid", { name: "Documents" }).getByRole("row").nth(1)).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
});

test("a chart is read by the keys alone, figure by figure", async ({ desk }) => {
  await goTo(desk, "/reports?report=debt");
  const figures = desk.getByRole("toolbar", { name: "Figures of Debt over time" });
  await figures.getByRole("button").last().focus();
  await desk.keyboard.press("Home");
  await expect(figures.getByRole("button").first()).toBeFocused();
  await desk.keyboard.press("ArrowRight");
  await expect(figures.getByRole("button").nth(1)).toBeFocused();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("heading", { name: "Ageing" })).toBeVisible();
});

test("VAT and the day's takings stand with their sums, and go on paper", async ({ desk }) => {
  await goTo(desk, "/reports?report=vat");
  await expect(desk.getByRole("heading", { name: "Whole period" })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("tab", { name: "Takings" }).click();
  await desk.getByRole("button", { name: /Period/ }).click();
  await desk.getByRole("option", { name: "This year" }).click();
  await expect(desk.getByRole("table", { name: "Takings" })).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
  await desk.getByRole("button", { name: "CSV" }).click();
  await expect(desk.getByText(/Written to/)).toBeVisible();
});

test("home says what to do now and how the school got here", async ({ desk }) => {
  await goTo(desk, "/");
  await expect(desk.getByRole("link", { name: /Bookings not invoiced/ })).toBeVisible();
  for (const name of ["Open and overdue", "Revenue", "Received"])
    await expect(desk.getByRole("figure", { name, exact: true })).toBeVisible();
  await expect(desk.getByText("Recent activity")).toBeVisible();
  expect(await axeFaults(desk)).toEqual([]);
});
