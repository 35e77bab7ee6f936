import { expect, test } from "../fixtures/bridge";
import { follow } from "../fixtures/follow";

const ANSWERS = {
  "exchange:currency": "EUR",
  "exchange:rate": "11,58",
  "exchange:source": "Norges Bank",
};

test("a rate is set, and money in another currency is invoiced and taken", async ({ desk }) => {
  test.setTimeout(180_000);
  await follow(desk, "exchange-rates", ANSWERS);
  await expect(desk.getByRole("gridcell", { name: "11,58" })).toBeVisible();
  await follow(desk, "foreign-invoice", {
    "invoices:student": "1017",
    "invoices:currency": "EUR",
    "invoices:service": "KT-B",
  });
  await follow(desk, "foreign-payment", {
    "payments:student": "1017",
    "exchange:currency": "EUR",
    "payments:amount_received": "50",
    "exchange:came_as": "600",
  });
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(/Tiril Haugland/);
});

test.describe("in Norwegian", () => {
  test.use({ language: "nb" });
  test("the rate is set as the help says", async ({ desk }) => {
    await follow(desk, "exchange-rates", ANSWERS);
    await expect(desk.getByRole("gridcell", { name: "11,58" })).toBeVisible();
  });
});
