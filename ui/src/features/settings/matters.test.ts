import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { i18n } from "~/i18n";
import { foundMatters, MATTERS } from "./matters";

it("every part of the settings can be searched for", () => {
  const parts = readdirSync(import.meta.dirname).filter((name) => /Part\.tsx$/.test(name));
  const titles = parts.flatMap((name) => {
    const text = readFileSync(join(import.meta.dirname, name), "utf8");
    return [...text.matchAll(/<Part\s+title=\{t\("([^"]+)"\)\}/g)].map((match) => match[1] ?? "");
  });
  expect(titles.length).toBeGreaterThan(10);
  const known = MATTERS.map(({ title }) => title.replace(/^settings:/, ""));
  expect(titles.filter((title) => !known.includes(title))).toEqual([]);
});

it("every matter has its words", () => {
  for (const { title, about } of MATTERS)
    for (const key of [title, ...(about ? [about] : [])]) expect(i18n.exists(key), key).toBe(true);
});

it("what is named so comes before what only mentions it, and no word means nothing", () => {
  expect(foundMatters("vat")[0]?.title).toBe("settings:vat");
  expect(foundMatters("  ")).toEqual([]);
  expect(foundMatters("vat qqq")).toEqual([]);
});
