import { expect, it } from "vitest";
import { othersOf, ratesByCurrency } from "./rates";

const rate = (currency: string, on: string, in_force = false) => ({
  currency,
  rate: "11.58",
  on,
  source: "",
  in_force,
});

it("a currency is one row, with the rate that holds today and the others behind it", () => {
  const rates = [
    rate("SEK", "2026-11-20", true),
    rate("EUR", "2026-11-02"),
    rate("EUR", "2026-12-01"),
    rate("EUR", "2026-11-20", true),
  ];
  const [eur, sek] = ratesByCurrency(rates);
  expect([eur?.currency, sek?.currency]).toEqual(["EUR", "SEK"]);
  expect(eur?.now?.on).toBe("2026-11-20");
  expect(eur && othersOf(eur).map(({ on }) => on)).toEqual(["2026-12-01", "2026-11-02"]);
});

it("a currency whose first rate is still to come has none that holds", () => {
  expect(ratesByCurrency([rate("USD", "2026-12-01")])[0]?.now).toBeUndefined();
});
