/*
 * Every verb that has a key or stands in the palette is registered here, once. Palette, shortcut
 * sheet and key handling all read this list, so they cannot disagree.
 */
import { useEffect, useRef } from "react";
import { create } from "zustand";
import type { LucideIcon } from "~/ui/primitives";

export type CommandGroup = "do" | "go" | "screen" | "list" | "window";

export interface Command {
  /** Stable, such as `invoices.new`. A later registration of the same id wins while mounted. */
  id: string;
  /** Asked each time it is shown, so that it follows the language. */
  title: () => string;
  group: CommandGroup;
  /** `c`, `mod+enter`, `g i` (one after the other), `shift+?` is written `?`. */
  keys?: string;
  icon?: LucideIcon;
  /** Not offered and not run while this answers false. */
  when?: () => boolean;
  run: () => void;
  /** Left out of the palette, such as the palette itself. */
  isHidden?: boolean;
  /** Works only where the focus is, such as in a list, and is done there: the sheet shows it. */
  isLocal?: boolean;
}

/** A key that the thing with the focus takes itself, as the sheet shows it. */
export const localKey = (
  id: string,
  keys: string,
  title: () => string,
  group: CommandGroup = "list",
): Command => ({ id, keys, title, group, isLocal: true, isHidden: true, run: () => undefined });

interface Registry {
  layers: readonly (readonly Command[])[];
  add: (commands: readonly Command[]) => () => void;
}

export const useRegistry = create<Registry>((set) => ({
  layers: [],
  add(commands) {
    set(({ layers }) => ({ layers: [...layers, commands] }));
    return () => set(({ layers }) => ({ layers: layers.filter((l) => l !== commands) }));
  },
}));

/** The commands that can be used now: newest layer first, each id and each key once. */
export function availableCommands(layers: Registry["layers"]): Command[] {
  const ids = new Set<string>();
  const keys = new Set<string>();
  const usable: Command[] = [];
  for (const command of [...layers].reverse().flat()) {
    if (ids.has(command.id) || command.when?.() === false) continue;
    ids.add(command.id);
    const isTaken = command.keys !== undefined && keys.has(command.keys) && !command.isLocal;
    if (command.keys && !command.isLocal) keys.add(command.keys);
    usable.push(isTaken ? { ...command, keys: undefined } : command);
  }
  return usable;
}

/** Keys given twice within one list, or that another sequence begins with: one would never run. */
export function clashesOf(commands: readonly Command[]): string[] {
  const keys = commands.flatMap((c) => (c.keys && !c.isLocal ? [c.keys] : []));
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
  const hidden = keys.filter((key) => keys.some((other) => other.startsWith(`${key} `)));
  return [...new Set([...twice, ...hidden])];
}

/** Registers the commands of a screen while it is mounted. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const add = useRegistry((r) => r.add);
  const shape = commands.map((c) => `${c.id} ${c.keys ?? ""}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list of ids or keys registers anew
  useEffect(() => {
    const now = (id: string) => latest.current.find((c) => c.id === id);
    return add(
      latest.current.map((c) => ({
        ...c,
        title: () => (now(c.id) ?? c).title(),
        when: () => (now(c.id) ?? c).when?.() !== false,
        run: () => (now(c.id) ?? c).run(),
      })),
    );
  }, [add, shape]);
}

/** One thing found by the palette. */
export interface FoundItem {
  id: string;
  icon?: LucideIcon;
  label: string;
  detail?: string;
  /** Stands at the right, such as a balance. Already formatted. */
  end?: string;
  run: () => void;
}

/** Where the palette looks for things by name or number. */
export interface PaletteSource {
  id: string;
  title: () => string;
  search: (query: string, signal: AbortSignal) => Promise<readonly FoundItem[]>;
}
