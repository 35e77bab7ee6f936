import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  currencyDigits,
  formatAmount,
  formatMoney,
  isNegative,
  isZero,
  parseMoney,
  UNIT_PRICE_DECIMALS,
} from "./money";

const read = (text: string, currency = "NOK") => {
  const parsed = parseMoney(text, currency, { allowNegative: true });
  return parsed.ok ? parsed.amount : parsed.problem;
};

describe("parseMoney", () => {
  it.each([
    ["1234,5", "1234.50"],
    ["1 234.50", "1234.50"],
    ["1\u00a0234,50", "1234.50"],
    ["1\u202f234,50", "1234.50"],
    ["1.234,50", "1234.50"],
    ["1,234.50", "1234.50"],
    ["1.234.567", "1234567.00"],
    ["kr 99", "99.00"],
    ["99 kr", "99.00"],
    ["NOK 1 234,50", "1234.50"],
    ["\u2212790", "-790.00"],
    ["-0", "0.00"],
    [",5", "0.50"],
    ["007", "7.00"],
    ["5,000", "5.00"],
  ])("reads %s as %s", (text, amount) => expect(read(text)).toBe(amount));

  it.each([
    ["450,005", "too_many_decimals"],
    ["", "not_a_number"],
    ["abc", "not_a_number"],
    ["12a", "not_a_number"],
    ["1 23", "not_a_number"],
    ["1.2.3", "not_a_number"],
    ["=3*450", "not_a_number"],
    ["1e5", "not_a_number"],
    ["1234567890123456", "too_long"],
  ])("refuses %s because %s", (text, problem) => expect(read(text)).toBe(problem));

  it("refuses a negative amount where none is allowed", () =>
    expect(parseMoney("-5", "NOK")).toEqual({ ok: false, problem: "negative" }));

  it("has no decimals in yen and three in dinars", () => {
    expect(read("1500", "JPY")).toBe("1500");
    expect(read("1500,5", "JPY")).toBe("too_many_decimals");
    expect(read("1,125", "KWD")).toBe("1.125");
  });

  it("takes the price of one with four decimals, and shows no fewer than the currency has", () => {
    const price = (text: string) => {
      const parsed = parseMoney(text, "NOK", { decimals: UNIT_PRICE_DECIMALS });
      return parsed.ok ? parsed.amount : parsed.problem;
    };
    expect(price("0,1234")).toBe("0.1234");
    expect(price("12,5")).toBe("12.50");
    expect(price("12,5000")).toBe("12.50");
    expect(price("0,12345")).toBe("too_many_decimals");
    expect(formatAmount({ amount: "0.1234", currency: "NOK" })).toBe("0,1234");
    expect(formatAmount({ amount: "12.5000", currency: "NOK" })).toBe("12,50");
  });

  const amounts = fc
    .tuple(
      fc.bigInt({ min: -99999999999999999n, max: 99999999999999999n }),
      fc.constantFrom("NOK", "JPY", "KWD", "EUR"),
    )
    .map(([minor, currency]) => {
      const digits = currencyDigits(currency);
      const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
      const whole = text.slice(0, text.length - digits);
      const amount = digits === 0 ? whole : `${whole}.${text.slice(-digits)}`;
      return { amount: minor < 0n ? `-${amount}` : amount, currency };
    })
    .filter(({ amount }) => (amount.replace("-", "").split(".")[0] ?? "").length <= 15);

  it("reads back every amount it writes, to the last digit", () => {
    fc.assert(
      fc.property(amounts, (money) => {
        expect(read(formatAmount(money), money.currency)).toBe(money.amount);
        expect(read(formatMoney(money), money.currency)).toBe(money.amount);
      }),
    );
  });

  it("never throws and never answers with anything but a decimal string", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseMoney(text, "NOK", { allowNegative: true });
        if (parsed.ok) expect(parsed.amount).toMatch(/^-?\d+\.\d{2}$/);
      }),
    );
  });
});

describe("formatAmount", () => {
  it("writes no-break spaces and a true minus", () =>
    expect(formatAmount({ amount: "-1234567.5", currency: "NOK" })).toBe(
      "\u22121\u00a0234\u00a0567,50",
    ));
  it("is exact beyond what a number can hold", () =>
    expect(formatAmount({ amount: "12345678901234567890.12", currency: "NOK" })).toBe(
      "12\u00a0345\u00a0678\u00a0901\u00a0234\u00a0567\u00a0890,12",
    ));
  it("knows nothing from less than nothing", () => {
    expect(isZero({ amount: "-0.00", currency: "NOK" })).toBe(true);
    expect(isNegative({ amount: "-0.00", currency: "NOK" })).toBe(false);
    expect(isNegative({ amount: "-0.01", currency: "NOK" })).toBe(true);
  });
});
