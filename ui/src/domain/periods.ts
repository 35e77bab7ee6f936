/* Periods of days by the names people have for them, and how a part of one is written. */
import {
  endOfMonth,
  endOfYear,
  parseDate,
  startOfMonth,
  startOfYear,
} from "@internationalized/date";
import { formatDate, type IsoDate, type Language } from "./dates";

export interface Period {
  from: IsoDate;
  to: IsoDate;
}

export const PERIOD_NAMES = [
  "today",
  "this_week",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
  "last_12_months",
] as const;
export type PeriodName = (typeof PERIOD_NAMES)[number];

export const isPeriodName = (text: unknown): text is PeriodName =>
  PERIOD_NAMES.some((name) => name === text);

/** The days of a named period, whole also where it is not over. */
export function periodOf(name: PeriodName, today: IsoDate): Period {
  const now = parseDate(today);
  const month = startOfMonth(now);
  const quarter = month.subtract({ months: (now.month - 1) % 3 });
  const span = (from: typeof now, to: typeof now): Period => ({
    from: from.toString(),
    to: to.toString(),
  });
  switch (name) {
    case "today":
      return span(now, now);
    case "this_week": {
      const monday = now.subtract({ days: (now.toDate("UTC").getUTCDay() + 6) % 7 });
      return span(monday, monday.add({ days: 6 }));
    }
    case "this_month":
      return span(month, endOfMonth(now));
    case "last_month":
      return span(month.subtract({ months: 1 }), month.subtract({ days: 1 }));
    case "this_quarter":
      return span(quarter, quarter.add({ months: 3 }).subtract({ days: 1 }));
    case "last_quarter":
      return span(quarter.subtract({ months: 3 }), quarter.subtract({ days: 1 }));
    case "this_year":
      return span(startOfYear(now), endOfYear(now));
    case "last_year": {
      const year = now.subtract({ years: 1 });
      return span(startOfYear(year), endOfYear(year));
    }
    case "last_12_months":
      return span(month.subtract({ months: 11 }), endOfMonth(now));
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function monthFormat(language: Language, look: "long" | "short"): Intl.DateTimeFormat {
  const key = `${language} ${look}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
    month: look,
    year: look === "long" ? "numeric" : undefined,
    timeZone: "UTC",
  });
  formats.set(key, made);
  return made;
}

const areWholeMonths = ({ from, to }: Period): boolean =>
  parseDate(from).day === 1 && endOfMonth(parseDate(to)).toString() === to;

const isWholeMonth = (period: Period): boolean =>
  areWholeMonths(period) && period.from.slice(0, 7) === period.to.slice(0, 7);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A part of a period in full: `2026`, `March 2026`, `Jan – Feb 2026`, `10 Mar 2026`. */
export function periodName(period: Period, language: Language): string {
  const { from, to } = period;
  const [first, last] = [parseDate(from), parseDate(to)];
  if (isWholeMonth(period))
    return capital(monthFormat(language, "long").format(first.toDate("UTC")));
  if (areWholeMonths(period) && first.year === last.year) {
    if (first.month === 1 && last.month === 12) return String(first.year);
    const short = monthFormat(language, "short");
    const names = [first, last].map((day) => short.format(day.toDate("UTC")).replace(".", ""));
    return `${capital(names.join(" – "))} ${first.year}`;
  }
  if (from === to) return formatDate(from, "long", language);
  return `${formatDate(from, "long", language)} – ${formatDate(to, "long", language)}`;
}

/** The same, as short as it can stand under an axis. */
export function periodShort(period: Period, language: Language): string {
  const first = parseDate(period.from);
  if (!isWholeMonth(period)) {
    return formatDate(period.from, "row", language, period.from).trim().replace("\u2007", "");
  }
  const month = monthFormat(language, "short").format(first.toDate("UTC")).replace(".", "");
  return first.month === 1 ? `${month} ${first.year}` : month;
}
