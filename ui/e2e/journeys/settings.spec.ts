import { expect, goTo, test } from "../fixtures/bridge";

test("the price of one may have four decimals, and no more", {
  tag: "@keys",
}, async ({ desk, bridge }) => {
  await goTo(desk, "/settings?tab=prices");
  await desk.getByRole("button", { name: "New price" }).click();
  const form = desk.getByRole("dialog");
  await form.getByLabel("Code", { exact: true }).fill("KM");
  await form.getByLabel("Name", { exact: true }).fill("Kilometer");
  const price = form.getByLabel("Price with VAT");
  await price.fill("0,12345");
  await expect(form.getByText("At most 4 decimals")).toBeVisible();
  await price.fill("7,1250");
  await form.getByRole("button", { name: /VAT/ }).click();
  await desk.getByRole("option").first().click();
  await form.getByRole("button", { name: "Save price" }).click();
  await expect(form).toBeHidden();

  await desk.getByRole("searchbox", { name: "Code or name" }).fill("km");
  await expect(desk.getByRole("grid").getByText("7,125", { exact: true })).toBeVisible();
  const { rows } = await bridge.rpc<{ rows: { code: string; unit_price: string }[] }>(
    "list_services",
    { query: "", include_inactive: false },
  );
  expect(rows.find((row) => row.code === "KM")?.unit_price).toBe("7.125");
});
