import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import en from "~/i18n/en/audit.json";
import nb from "~/i18n/nb/audit.json";

/** The facts there are, by their names in the log. */
function kinds(): string[] {
  const source = readFileSync(resolve("../src-tauri/finance/src/fact.rs"), "utf8");
  const body = /pub enum FactBody \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? "";
  const names = [...body.matchAll(/^ {4}([A-Z]\w+)/gm)].map(([, name]) => name ?? "");
  return names.map((name) => name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase());
}

test("the log has a word for every fact, in every language", () => {
  const words = kinds().map((kind) => `kind_${kind}`);
  expect(words.length).toBeGreaterThan(20);
  for (const language of [en, nb])
    expect(Object.keys(language)).toEqual(expect.arrayContaining(words));
});
