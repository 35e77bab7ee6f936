import { describe, expect, it } from "vitest";
import { addressLines, EMPTY_PERSON, problemsOf, standingOf } from "./form";

const person = (change: Partial<typeof EMPTY_PERSON>) => ({ ...EMPTY_PERSON, ...change });
const nok = (amount: string) => ({ balance: { amount, currency: "NOK" } });

describe("the form of a student", () => {
  it("asks for a name and nothing else", () => {
    expect(problemsOf(EMPTY_PERSON, "")).toEqual({ "person.name": "name_missing" });
    expect(problemsOf(person({ name: "Aurora" }), "")).toEqual({});
  });
  it.each(["0123", "12a", "1 2", "-1"])(
    "refuses %s as a number, which a KID could not hold",
    (n) => {
      expect(problemsOf(person({ name: "Aurora" }), n).number).toBe("number_digits");
    },
  );
  it("refuses an e-mail address without its sign", () => {
    const name = "Aurora";
    expect(problemsOf(person({ name, email: "aurora" }), "")).toHaveProperty(["person.email"]);
    expect(problemsOf(person({ name, email: "a@b.no" }), "")).toEqual({});
  });
});

it("a balance is told in words", () => {
  expect(standingOf(nok("13450.00"))).toBe("owes");
  expect(standingOf(nok("-0.01"))).toBe("credit");
  expect(standingOf(nok("0.00"))).toBe("settled");
});

it("an address leaves out what is empty", () => {
  const address = {
    line1: "Storgata 1",
    line2: "",
    postal_code: "0155",
    city: "Oslo",
    country: "",
  };
  expect(addressLines(person({ address }))).toBe("Storgata 1\n0155 Oslo");
});
