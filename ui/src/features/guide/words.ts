/*
 * How a page of the guide is written. A text names what stands on the screen by the key of its word,
 * as `[button payments:record]`, and never by the word itself: a button that is renamed is renamed
 * here too, and a journey that follows the page presses what the page says.
 */

/** What a person does something with, by its role on the screen. */
export const CONTROLS = [
  "button",
  "link",
  "tab",
  "menuitem",
  "radio",
  "check",
  /** A place of the navigation, by its area. */
  "screen",
  /** Something is typed. */
  "field",
  /** Something is typed and chosen from what is found. */
  "choose",
  /** One of a few is chosen from a list. */
  "select",
] as const;
export type Control = (typeof CONTROLS)[number];

export type Part =
  | { kind: "text"; text: string }
  /** Something a person acts on. */
  | { kind: Control; key: string }
  /** Something that is then to be seen. */
  | { kind: "see"; key: string }
  /** Something that is only spoken of. */
  | { kind: "name"; key: string }
  | { kind: "keys"; key: string }
  /** A row of the list in view is opened; says nothing by itself. */
  | { kind: "row"; key: string }
  /** Another page of the guide. */
  | { kind: "page"; key: string };

/** One page in one language. */
export interface Page {
  title: string;
  /** When it is needed, in a sentence. */
  about: string;
  steps: readonly string[];
  /** What is good to know, and where to read on. */
  notes: readonly string[];
}

const KINDS: readonly string[] = [...CONTROLS, "see", "name", "keys", "row", "page"];
const TOKEN = /\[([a-z]+) ([^\]]+)\]/g;

/** A text in its parts, in their order. What looks like a part and is of no known kind stays text. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  const plain = (to: number) => {
    if (to > end) parts.push({ kind: "text", text: text.slice(end, to) });
  };
  for (const found of text.matchAll(TOKEN)) {
    const [whole, kind = "", key = ""] = found;
    if (!KINDS.includes(kind)) continue;
    plain(found.index);
    parts.push({ kind, key } as Part);
    end = found.index + whole.length;
  }
  plain(text.length);
  return parts;
}

const WORDLESS: readonly string[] = ["keys", "row", "page"];

/** The key of the word behind a part, where it has one: an area of the navigation is its title. */
export const wordKey = (part: Part): string | undefined => {
  if (part.kind === "text" || WORDLESS.includes(part.kind)) return undefined;
  return part.kind === "screen" ? `${part.key}:title` : part.key;
};

type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What stands in a language under a key; of what is counted, the word for many. */
export function wordOf(key: string, words: Words): string | undefined {
  const [area = "", name = ""] = key.split(":");
  return words[area]?.[name] ?? words[area]?.[`${name}_other`];
}

/** The word as it is shown: what is filled in on the screen is left open, and so is a dialog's `…`. */
export const shownWord = (word: string): string => word.replace(/\{\{[^}]*\}\}/g, "…");
