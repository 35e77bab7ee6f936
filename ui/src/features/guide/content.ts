/* What the pages say, in both languages. Read when the guide is first needed. */
import type { Language } from "~/domain/dates";
import { en, nb } from "~/i18n/resources";
import { TASKS } from "./pages";
import { type Page, partsOf, shownWord, wordKey, wordOf } from "./words";

const files = import.meta.glob<Page>("./pages/*/*.json", { eager: true, import: "default" });
const words = { en, nb };

export function pageOf(id: string, language: Language): Page {
  const page = files[`./pages/${language}/${id}.json`];
  if (page === undefined) throw new Error(`the guide has no page ${id} in ${language}`);
  return page;
}

/** A word of the screen as the guide shows it. */
export const wordIn = (key: string, language: Language): string =>
  shownWord(wordOf(key, words[language]) ?? key);

/** A text of a page as plain words, to be searched. */
function plain(text: string, language: Language): string {
  return partsOf(text)
    .map((part) => {
      if (part.kind === "text") return part.text;
      const key = wordKey(part);
      return key === undefined ? "" : wordIn(key, language);
    })
    .join("");
}

/**
 * The tasks in which every word that is typed is found: first those that name them in the title, then
 * those that say what to do with them, then those that only mention them.
 */
export function foundTasks(query: string, language: Language) {
  const wanted = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string) => wanted.every((one) => text.toLocaleLowerCase().includes(one));
  const depths: ((page: Page) => string[])[] = [
    ({ title }) => [title],
    ({ title, about, steps }) => [title, about, ...steps],
    ({ title, about, steps, notes }) => [title, about, ...steps, ...notes],
  ];
  const depthOf = (id: string) =>
    depths.findIndex((of) => {
      const texts = of(pageOf(id, language));
      return holds(texts.map((text) => plain(text, language)).join(" "));
    });
  const found = TASKS.map((task) => ({ task, depth: depthOf(task.id) }));
  return found
    .filter(({ depth }) => depth >= 0)
    .sort((a, b) => a.depth - b.depth)
    .map(({ task }) => task);
}
