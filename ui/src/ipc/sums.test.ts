import { expect, it } from "vitest";
import { fakeBackend, refuse } from "~/test/fakeBackend";
import { maybeSum, readSum } from "./sums";

it("only what could be a sum is asked for", () => {
  for (const text of ["100+25", "1,5k", "=3*450", "2 x 450", "(100 + 25)", "100-5", "5\u00d73"])
    expect(maybeSum(text), text).toBe(true);
  for (const text of ["", "-", "-5", "abc", "100 kr", "12,5", "1 234.50", "x"])
    expect(maybeSum(text), text).toBe(false);
});

it("the backend works the sum out, or says which rule it breaks", async () => {
  fakeBackend({
    read_amount: ({ text }: { text: string }) =>
      text === "1/3"
        ? refuse({ code: "invalid", rule: "too_many_decimals", message: "no" })
        : { amount: "125.00" },
  });
  expect(await readSum("100+25", "NOK", {})).toEqual({ ok: true, amount: "125.00" });
  expect(await readSum("1/3", "NOK", {})).toEqual({ ok: false, rule: "too_many_decimals" });
});
