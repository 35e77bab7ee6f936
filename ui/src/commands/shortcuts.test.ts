import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { features } from "~/app/features";
import { NAV } from "~/app/nav";
import { type Command, clashesOf } from "./registry";

const SRC = join(import.meta.dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

const command = (id: string, keys: string): Command =>
  ({ id, title: () => id, group: "do", keys, run: () => undefined }) satisfies Command;

it("no two verbs that work on every screen have the same key", () => {
  const go = NAV.map(({ area, letter }) => command(`go.${area}`, `g ${letter}`));
  const all = [...features.flatMap((feature) => feature.commands ?? []), ...go];
  expect(clashesOf(all)).toEqual([]);
});

it("a key that begins a sequence is no key of its own", () => {
  expect(clashesOf([command("a", "g"), command("b", "g i")])).toEqual(["g"]);
  expect(clashesOf([command("a", "c"), command("b", "c")])).toEqual(["c"]);
  expect(clashesOf([command("a", "c"), command("b", "mod+c")])).toEqual([]);
});

it("a screen gives no key twice", () => {
  for (const file of sources(join(SRC, "features"))) {
    const text = readFileSync(file, "utf8");
    for (const list of text.split("useCommands([").slice(1)) {
      const body = list.slice(0, list.indexOf("\n  ])"));
      const keys = [...body.matchAll(/keys: "([^"]+)"/g)].map((match) => match[1] ?? "");
      expect(clashesOf(keys.map((key, at) => command(`${at}`, key))), file).toEqual([]);
    }
  }
});

/** Keys that belong to one kind of field, as they do everywhere, and those that only close. */
const FIELDS = [
  "features/ageing/BucketEditor.tsx",
  "features/guide/GuidePanel.tsx",
  "features/start/LockScreen.tsx",
];

it("whatever else takes keys tells the shortcut sheet", () => {
  for (const file of sources(join(SRC, "features"))) {
    const text = readFileSync(file, "utf8");
    const takes = /addEventListener\("keydown"|onKeyDown=\{/.test(text);
    if (!takes || FIELDS.some((name) => file.endsWith(name))) continue;
    const parent = /onKeyDown: \(event: KeyboardEvent\)/.test(text);
    expect(parent || text.includes("localKey("), file).toBe(true);
  }
});
