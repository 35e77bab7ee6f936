/*
 * Dates of documents are days without a time or a zone, and travel as `YYYY-MM-DD`. They are never
 * made from a JavaScript `Date`, which would move them across midnight.
 */
import { CalendarDate, getDayOfWeek, parseDate } from "@internationalized/date";

export type IsoDate = string;
export type Language = "en" | "nb";

const FIGURE_SPACE = "\u2007";
const NBSP = "\u00a0";

/** The day on this machine's clock. Tests pass their own day to whatever needs one. */
export function todayIso(now: Date = new Date()): IsoDate {
  return new CalendarDate(now.getFullYear(), now.getMonth() + 1, now.getDate()).toString();
}

function validDate(year: number, month: number, day: number): IsoDate | null {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return null;
  const date = new CalendarDate(year, month, 1);
  if (day > date.calendar.getDaysInMonth(date)) return null;
  return date.set({ day }).toString();
}

const monthNames = new Map<string, string[]>();

function monthName(language: Language, month: number): string {
  let names = monthNames.get(language);
  if (!names) {
    const format = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
      month: "short",
      timeZone: "UTC",
    });
    names = Array.from({ length: 12 }, (_, m) =>
      format
        .format(Date.UTC(2026, m, 15))
        .replace(".", "")
        .slice(0, 3),
    );
    monthNames.set(language, names);
  }
  return names[month - 1] ?? "";
}

function monthFromName(text: string): number | null {
  const start = text.toLowerCase().slice(0, 3);
  if (start.length < 3) return null;
  for (const language of ["en", "nb"] as const)
    for (let month = 1; month <= 12; month++)
      if (monthName(language, month).toLowerCase() === start) return month;
  return null;
}

const fullYear = (text: string | undefined, fallback: number): number =>
  text === undefined ? fallback : text.length === 2 ? 2000 + Number(text) : Number(text);

const UNITS = { d: "days", w: "weeks", u: "weeks", m: "months", y: "years" } as const;

/** `+14` and `-3` days, `+2w` weeks, `-1m` months, `+1y` years from today. */
function fromToday(text: string, now: CalendarDate): IsoDate | null {
  const match = /^([+-])(\d{1,4})([dwumy\u00e5]?)$/.exec(text);
  if (!match) return null;
  const unit = match[3] === "\u00e5" ? "years" : UNITS[(match[3] || "d") as keyof typeof UNITS];
  const count = match[1] === "-" ? -Number(match[2]) : Number(match[2]);
  const day = now.add({ [unit]: count });
  return validDate(day.year, day.month, day.day);
}

const dayNames = new Map<Language, string[]>();

/** The day of the week a text begins, Monday being 1; nothing for fewer than two letters. */
function weekdayFromName(text: string): number | null {
  if (text.length < 2) return null;
  for (const language of ["en", "nb"] as const) {
    let names = dayNames.get(language);
    if (!names) {
      const format = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
        weekday: "long",
        timeZone: "UTC",
      });
      // The fifth of January 2026 is a Monday.
      names = Array.from({ length: 7 }, (_, d) => format.format(Date.UTC(2026, 0, 5 + d)));
      dayNames.set(language, names);
    }
    const found = names.findIndex((name) => name.toLowerCase().startsWith(text));
    if (found >= 0) return found + 1;
  }
  return null;
}

/** `mon` the coming Monday, today being one of them; `-mon` the last one before today. */
function weekday(text: string, now: CalendarDate): IsoDate | null {
  const isPast = text.startsWith("-");
  const wanted = weekdayFromName(isPast ? text.slice(1) : text);
  if (wanted === null) return null;
  const present = getDayOfWeek(now, "en-GB", "mon") + 1;
  const ahead = (wanted - present + 7) % 7;
  return now.add({ days: isPast ? (ahead === 0 ? -7 : ahead - 7) : ahead }).toString();
}

/** `3112` and `311227`: day and month, and the year, without signs between them. */
function closeTogether(text: string, now: CalendarDate): IsoDate | null {
  const match = /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(text);
  return match ? validDate(fullYear(match[3], now.year), Number(match[2]), Number(match[1])) : null;
}

/**
 * Reads what is typed in a date field: `t` today, `+14` and `-3` days from today, `+2w`, `-1m`, `15`
 * this month, `15-2`, `3112`, `15.2.27`, `2027-02-15`, `15 feb 2027`, `mon` the coming Monday and
 * `-mon` the last one. Answers null when it is no day.
 */
export function parseDateInput(input: string, today: IsoDate): IsoDate | null {
  const text = input
    .trim()
    .toLowerCase()
    .replace(/[\s\u00a0\u2007]+/g, " ")
    .replace(/\u2212/g, "-");
  const now = parseDate(today);
  if (text === "t") return today;
  const short = fromToday(text, now) ?? closeTogether(text, now) ?? weekday(text, now);
  if (short !== null) return short;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return validDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2})(?:[-./ ](\d{1,2})(?:[-./ ](\d{4}|\d{2}))?)?[.]?$/.exec(text);
  if (numeric) {
    const month = numeric[2] === undefined ? now.month : Number(numeric[2]);
    return validDate(fullYear(numeric[3], now.year), month, Number(numeric[1]));
  }
  const named = /^(\d{1,2})[. ]*(\p{L}{3,})[. ]*(\d{4}|\d{2})?$/u.exec(text);
  const month = named ? monthFromName(named[2] ?? "") : null;
  if (!named || month === null) return null;
  return validDate(fullYear(named[3], now.year), month, Number(named[1]));
}

/** How a day is written: in a row of a table, in running text and fields, or on a document. */
export type DateStyle = "row" | "long" | "document";

export function formatDate(
  date: IsoDate,
  style: DateStyle,
  language: Language,
  today: IsoDate = todayIso(),
): string {
  const { year, month, day } = parseDate(date);
  if (style === "document")
    return `${String(day).padStart(2, "0")}.${String(month).padStart(2, "0")}.${year}`;
  const dot = language === "nb" ? "." : "";
  const name = monthName(language, month);
  if (style === "long") return `${day}${dot}${NBSP}${name}${NBSP}${year}`;
  const padded = `${day < 10 ? FIGURE_SPACE : ""}${day}${dot}${NBSP}${name}`;
  return year === parseDate(today).year ? padded : `${padded}${NBSP}${year}`;
}

/** Days from one day to another; negative when `to` lies before `from`. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return parseDate(to).compare(parseDate(from));
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return parseDate(date).add({ days }).toString();
}

/** A moment in this machine's zone: `10:42` today, otherwise `28 Oct 19:12`. */
export function formatInstant(instant: string, language: Language, now: Date = new Date()): string {
  const moment = new Date(instant);
  const two = (n: number) => String(n).padStart(2, "0");
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const day = todayIso(moment);
  const today = todayIso(now);
  if (day === today) return time;
  return `${formatDate(day, "row", language, today).replace(FIGURE_SPACE, "")} ${time}`;
}
