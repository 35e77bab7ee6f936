import { addDays, type IsoDate } from "~/domain/dates";

export type StatementStyle = "activity" | "open";

/** What of the statement stands in the address. */
export interface StatementSearch {
  /** `all`: from the beginning of the account. Nothing: from the first day of this year. */
  from?: IsoDate | "all";
  to?: IsoDate;
  style?: "open";
}

export interface Period {
  /** Null: from the beginning of the account. */
  from: IsoDate | null;
  to: IsoDate;
}

const isDay = (text: unknown): text is IsoDate =>
  typeof text === "string" && /^\d{4}-\d{2}-\d{2}$/.test(text);

export function readStatementSearch(s: Record<string, unknown>): StatementSearch {
  return {
    from: s.from === "all" || isDay(s.from) ? s.from : undefined,
    to: isDay(s.to) ? s.to : undefined,
    style: s.style === "open" ? "open" : undefined,
  };
}

/** The period an address asks for. */
export function periodOf(search: StatementSearch, today: IsoDate): Period {
  const to = search.to ?? today;
  if (search.from === "all") return { from: null, to };
  return { from: search.from ?? `${to.slice(0, 4)}-01-01`, to };
}

export const PRESETS = ["this_month", "last_month", "this_year", "last_year", "all"] as const;
export type Preset = (typeof PRESETS)[number];

/** The address of a period that has a name. */
export function presetSearch(preset: Preset, today: IsoDate): Pick<StatementSearch, "from" | "to"> {
  const month = `${today.slice(0, 7)}-01`;
  const year = Number(today.slice(0, 4));
  const endOfLast = addDays(month, -1);
  switch (preset) {
    case "this_month":
      return { from: month };
    case "last_month":
      return { from: `${endOfLast.slice(0, 7)}-01`, to: endOfLast };
    case "this_year":
      return {};
    case "last_year":
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    case "all":
      return { from: "all" };
  }
}

/** The name of a period, where it has one. */
export function presetOf(period: Period, today: IsoDate): Preset | undefined {
  return PRESETS.find((preset) => {
    const named = periodOf(presetSearch(preset, today), today);
    return named.from === period.from && named.to === period.to;
  });
}
