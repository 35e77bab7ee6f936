import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en, nb } from "./resources";

const here = import.meta.dirname;
const areas = (language: string) =>
  readdirSync(join(here, language))
    .map((file) => file.replace(".json", ""))
    .sort();
const bundles: Record<string, Record<string, Record<string, string>>> = { en, nb };
const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((m) => m[1]).sort();

describe("the words of the window", () => {
  it("are registered for every file there is", () => {
    for (const language of ["en", "nb"])
      expect(Object.keys(bundles[language] ?? {}).sort()).toEqual(areas(language));
    expect(areas("en")).toEqual(areas("nb"));
  });

  it.each(areas("en"))("say the same things in both languages in %s", (area) => {
    const english = bundles.en?.[area] ?? {};
    const norwegian = bundles.nb?.[area] ?? {};
    expect(Object.keys(norwegian).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      expect(norwegian[key]?.trim(), `${area}:${key}`).not.toBe("");
      expect(placeholders(norwegian[key] ?? ""), `${area}:${key}`).toEqual(placeholders(text));
    }
  });

  it("have one and many wherever they count", () => {
    for (const area of areas("en"))
      for (const key of Object.keys(en[area as keyof typeof en]))
        if (key.endsWith("_one"))
          expect(Object.keys(en[area as keyof typeof en])).toContain(
            key.replace(/_one$/, "_other"),
          );
  });
});

/** Text between tags that a person would read; names of keys and signs are no text. */
const LITERAL = />\s*([A-Z][a-z]+(?: [a-z]+)+)[^<>{}=;()]*</;

function sources(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory())
      return name === "gallery" || name === "test" ? [] : sources(path);
    return /\.tsx$/.test(name) && !/\.test\.tsx$/.test(name) ? [path] : [];
  });
}

it("no component holds a sentence of its own", () => {
  const found = sources(join(here, ".."))
    .map((path) => ({ path, hit: LITERAL.exec(readFileSync(path, "utf8"))?.[1] }))
    .filter(({ hit }) => hit !== undefined);
  expect(found).toEqual([]);
});
