/*
 * What a list can be narrowed by. All of it stands in the address, so that a link, a saved view and
 * the way back show the same rows.
 */
import type { ComboOption } from "../primitives";

interface Named {
  id: string;
  name: string;
}

/** From a day to a day. */
export interface DayRange extends Named {
  look: "days";
  keys: readonly [from: string, to: string];
}

/** From an amount to an amount. */
export interface AmountRange extends Named {
  look: "amounts";
  keys: readonly [from: string, to: string];
}

/** One of a few. */
export interface Choice extends Named {
  look: "choice";
  keys: readonly [string];
  options: readonly { id: string; name: string }[];
}

/** One of many, found by what is typed. */
export interface Found extends Named {
  look: "found";
  keys: readonly [string];
  load: (query: string, signal: AbortSignal) => Promise<readonly ComboOption[]>;
  placeholder: string;
  /** What the one chosen is called. */
  shown: string | undefined;
}

export type Filter = DayRange | AmountRange | Choice | Found;

/** What narrows, by the keys of the address. */
export type Narrowing = Record<string, string | boolean | undefined>;

export const valueAt = (address: object, key: string): string | undefined => {
  const value = (address as Record<string, unknown>)[key];
  return value === undefined ? undefined : String(value);
};

export const isOn = (filter: Filter, address: object): boolean =>
  filter.keys.some((key) => valueAt(address, key) !== undefined);

export const without = (keys: readonly string[]): Narrowing =>
  Object.fromEntries(keys.map((key) => [key, undefined]));

const SHAPES = {
  text: (value: unknown) => value !== null && value !== "",
  day: (value: unknown) => /^\d{4}-\d{2}-\d{2}$/.test(String(value)),
  amount: (value: unknown) => /^-?\d+(\.\d+)?$/.test(String(value)),
};

/** Reads a part of an address that anybody may have written: what makes no sense is left out. */
export function readTexts<K extends string>(
  search: Record<string, unknown>,
  shape: keyof typeof SHAPES,
  keys: readonly K[],
): Partial<Record<K, string>> {
  const read: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = search[key];
    if (value !== undefined && SHAPES[shape](value)) read[key] = String(value);
  }
  return read;
}

/** The address as one text: the same filter always is the same text. */
export function addressText(address: object, except: readonly string[] = []): string {
  const held = Object.entries(address)
    .filter(([key, value]) => value !== undefined && value !== "" && !except.includes(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(held));
}

/** What a saved address holds; nothing where it cannot be read. */
export function addressFrom(text: string): Record<string, unknown> {
  try {
    const held: unknown = JSON.parse(text);
    return typeof held === "object" && held !== null ? (held as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
