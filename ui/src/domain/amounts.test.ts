import { describe, expect, it } from "vitest";
import { compareAmounts, largest, opposite, shareOf, withoutSign } from "./amounts";

const nok = (amount: string) => ({ amount, currency: "NOK" });

describe("amounts for the eye", () => {
  it("are ordered by value and not by letters", () => {
    const sorted = ["9.00", "-10.00", "10.00", "0.00", "-9.50"].map(nok).sort(compareAmounts);
    expect(sorted.map((m) => m.amount)).toEqual(["-10.00", "-9.50", "0.00", "9.00", "10.00"]);
  });
  it("are compared exactly beyond the reach of a number", () => {
    expect(compareAmounts(nok("9007199254740993.01"), nok("9007199254740993.02"))).toBe(-1);
  });
  it("lose or turn their sign without a negative zero", () => {
    expect(withoutSign(nok("-12.50")).amount).toBe("12.50");
    expect(opposite(nok("12.50")).amount).toBe("-12.50");
    expect(opposite(nok("-12.50")).amount).toBe("12.50");
    expect(opposite(nok("0.00")).amount).toBe("0.00");
  });
  it("make a bar between nothing and all", () => {
    expect(shareOf(nok("25.00"), nok("100.00"))).toBe(0.25);
    expect(shareOf(nok("-25.00"), nok("100.00"))).toBe(0);
    expect(shareOf(nok("25.00"), nok("0.00"))).toBe(0);
    expect(shareOf(nok("250.00"), nok("100.00"))).toBe(1);
  });
  it("have a largest", () => {
    expect(largest([nok("9.00"), nok("10.00"), nok("-11.00")])?.amount).toBe("10.00");
    expect(largest([])).toBeUndefined();
  });
});
