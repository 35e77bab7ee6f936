import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { features } from "~/app/features";
import { en, nb } from "~/i18n/resources";
import { foundTasks, pageOf } from "./content";
import { SECTIONS, TASKS, taskAt, taskOf } from "./pages";
import { CONTROLS, type Page, partsOf, wordKey, wordOf } from "./words";

const LANGUAGES = ["en", "nb"] as const;
const WORDS = { en, nb };
const JOURNEYS = join(import.meta.dirname, "../../../e2e/guide");

const ACTS: readonly string[] = [...CONTROLS, "see", "keys", "row"];
const parts = ({ about, steps, notes }: Page) => [about, ...steps, ...notes].flatMap(partsOf);
/** What is done and seen, in its order: the journey follows either language. */
const acts = (page: Page) => page.steps.flatMap(partsOf).filter(({ kind }) => ACTS.includes(kind));

it("every page is there in both languages, and none besides", () => {
  for (const language of LANGUAGES) {
    const files = readdirSync(join(import.meta.dirname, "pages", language));
    expect(files.sort()).toEqual(TASKS.map(({ id }) => `${id}.json`).sort());
  }
});

describe.each(TASKS.map(({ id }) => id))("the page %s", (id) => {
  it("names only words that stand on screens, and pages that exist", () => {
    for (const language of LANGUAGES)
      for (const part of parts(pageOf(id, language))) {
        const key = wordKey(part);
        if (key) expect(wordOf(key, WORDS[language]), `${language} ${key}`).toBeTruthy();
        if (part.kind === "page") expect(taskOf(part.key), part.key).toBeDefined();
        if (part.kind === "text") expect(part.text, language).not.toMatch(/[[\]]/);
      }
  });

  it("says the same steps in both languages", () => {
    const [english, norwegian] = [pageOf(id, "en"), pageOf(id, "nb")];
    expect(acts(norwegian)).toEqual(acts(english));
    expect(norwegian.steps.length).toBe(english.steps.length);
    expect(norwegian.notes.length).toBe(english.notes.length);
  });

  it("is short", () => {
    for (const language of LANGUAGES) {
      const { title, steps } = pageOf(id, language);
      expect(title.length).toBeLessThanOrEqual(70);
      expect(steps.length).toBeLessThanOrEqual(7);
    }
  });
});

it("a journey follows every page", () => {
  const journeys = readdirSync(JOURNEYS)
    .map((file) => readFileSync(join(JOURNEYS, file), "utf8"))
    .join("\n");
  const lost = TASKS.filter(({ id }) => !journeys.includes(`"${id}"`)).map(({ id }) => id);
  expect(lost).toEqual([]);
});

it("the screen that a page leads to has a page, and one without any opens the list", () => {
  const paths = features.flatMap(({ routes = [] }) =>
    routes.map((route) => (route.options as { path: string }).path),
  );
  for (const { id, go } of TASKS) {
    expect(taskAt(go), id).toBeDefined();
    expect(paths, id).toContain(go.split("?")[0]);
  }
  expect(taskAt("/no/such/screen")).toBeUndefined();
});

it("a tab of a screen has its own page, and the screen has the rest", () => {
  expect(taskAt("/settings?tab=owing")?.id).toBe("debt-gate");
  expect(taskAt("/settings")?.id).toBe("keyboard");
  expect(taskAt("/students/5?tab=packages")?.id).toBe("sell-package");
  expect(taskAt("/payments/new?student=5")?.id).toBe("take-payment");
  expect(taskAt("/payments?unallocated=true")?.id).toBe("use-credit");
});

it("pages are found by any word in them, those with it in their title first", () => {
  expect(foundTasks("credit note", "en")[0]?.id).toBe("credit-note");
  expect(foundTasks("kreditnota", "nb")[0]?.id).toBe("credit-note");
  expect(foundTasks("qqq", "en")).toEqual([]);
  expect(foundTasks("", "en").length).toBe(TASKS.length);
  expect(new Set(TASKS.map(({ section }) => section)).size).toBe(SECTIONS.length);
});
