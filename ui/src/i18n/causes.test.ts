import { beforeEach, describe, expect, it } from "vitest";
import { causeWords } from "./causes";
import { i18n } from "./index";

const CLASSES = [
  "mapping_missing",
  "reference_gone",
  "account_currency",
  "validation",
  "period_locked",
  "duplicate",
  "conflict",
  "integrity",
  "not_permitted",
  "plan_limit",
  "depends",
  "need_left_out",
  "folder_gone",
  "to_map",
  "sign_in",
  "quota",
  "unavailable",
  "unknown_outcome",
  "too_many_attempts",
  "unsupported",
  "internal",
];
const params = {
  label: "Trafikalt grunnkurs",
  name: "3040",
  held: "USD",
  currency: "EUR",
  number: "A-10452",
  field: "DueDate",
  our_gross: "4740.00",
  their_gross: "4740.01",
  our_vat: "948.00",
  their_vat: "948.00",
};
const other = { class: "nobody_knows", params: {}, in_the_books: "no" };

describe.each(["en", "nb"])("the words of a cause in %s", (language) => {
  beforeEach(() => void i18n.changeLanguage(language));

  it.each(CLASSES)("answer the three questions for %s", (name) => {
    const words = causeWords({ class: name, params, in_the_books: "unknown" }, "Xero");
    const fallback = causeWords(other, "Xero");
    for (const text of Object.values(words)) {
      expect(text).not.toBe("");
      expect(text).not.toContain("{{");
    }
    expect(words.title).not.toBe(fallback.title);
    expect(words.happened).not.toBe(fallback.happened);
    expect(words.advice).not.toBe(fallback.advice);
  });

  it("stand without what the engine did not tell", () => {
    for (const name of CLASSES) {
      const words = causeWords({ class: name, params: {}, in_the_books: "no" }, "Xero");
      expect(Object.values(words).join()).not.toContain("{{");
    }
  });
});

it.each(["xero", "qbo", "sage"])("a currency that is off says where %s has it", (system) => {
  void i18n.changeLanguage("en");
  const off = { kind: "currency", local_key: "EUR", label: "EUR" };
  const words = (params: Record<string, string>) =>
    causeWords({ class: "mapping_missing", params, in_the_books: "no", system }, "There");
  expect(words(off).advice).not.toBe(
    causeWords({ class: "mapping_missing", params: off, in_the_books: "no" }, "There").advice,
  );
  expect(words({ ...off, single: "yes" }).happened).toContain("one currency only");
  expect(words({ ...off, single: "yes" }).advice).toBe(words(off).advice);
});

it.each(["en", "nb"])("books in another currency than ours are named in %s", (language) => {
  void i18n.changeLanguage(language);
  const books = { kind: "currency", local_key: "NOK", label: "NOK", books: "EUR" };
  const off = { kind: "currency", local_key: "NOK", label: "NOK" };
  const words = (params: Record<string, string>) =>
    causeWords(
      { class: "mapping_missing", params, in_the_books: "no", system: "qbo" },
      "QuickBooks",
    );
  expect(words(books).happened).toContain("EUR");
  for (const part of ["title", "happened", "advice"] as const) {
    expect(words(books)[part]).not.toBe(words(off)[part]);
    expect(words(books)[part]).not.toContain("{{");
  }
});

it("amounts of a difference are written like every other amount", () => {
  void i18n.changeLanguage("en");
  const { happened } = causeWords(
    { class: "integrity", params, in_the_books: "yes", amount: { amount: "1", currency: "NOK" } },
    "Xero",
  );
  expect(happened).toContain("4\u00a0740,01");
});
