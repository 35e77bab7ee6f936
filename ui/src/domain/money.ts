/*
 * Money as the backend sends it: a decimal string and a currency. Nothing here computes with
 * amounts; it only reads what a person typed and writes what is shown.
 */

export interface Money {
  /** Decimal string with a point, such as `-1234.50`. */
  amount: string;
  /** ISO 4217 code. */
  currency: string;
}

/** Numbers are written the Norwegian way in every language of the window, as on the documents. */
export const NUMBER_LOCALE = "nb-NO";

const NBSP = "\u00a0";
const MINUS = "\u2212";

/** Decimals of a currency by ISO 4217, as the platform knows them; two when it is unknown. */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits = askedDigits(currency);
  digitsOf.set(currency, digits);
  return digits;
}

/** Asked once each: a list of ten thousand amounts would wait seconds for the same answer. */
const digitsOf = new Map<string, number>();

function askedDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

const formats = new Map<number, Intl.NumberFormat>();

function formatFor(digits: number): Intl.NumberFormat {
  const known = formats.get(digits);
  if (known) return known;
  const made = new Intl.NumberFormat(NUMBER_LOCALE, {
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, 4),
  });
  formats.set(digits, made);
  return made;
}

/** `-1234.5` NOK becomes `−1 234,50` with a no-break space and a true minus sign. */
export function formatAmount({ amount, currency }: Money): string {
  // The string form of `format` is exact; a number would round beyond 2^53.
  const text = formatFor(currencyDigits(currency)).format(amount as Intl.StringNumericLiteral);
  return text.replace(/[\s\u202f]/g, NBSP).replace("-", MINUS);
}

/** With the currency code in front: `NOK 1 234,50`. */
export function formatMoney(money: Money): string {
  return `${money.currency}${NBSP}${formatAmount(money)}`;
}

export function isZero(money: Money): boolean {
  return /^[-+]?0*(\.0*)?$/.test(money.amount);
}

export function isNegative(money: Money): boolean {
  return money.amount.startsWith("-") && !isZero(money);
}

export type MoneyProblem = "not_a_number" | "too_many_decimals" | "too_long" | "negative";

export type ParsedMoney = { ok: true; amount: string } | { ok: false; problem: MoneyProblem };

/** The backend keeps amounts in 64 bits; fifteen whole digits stay inside for every currency. */
const MAX_WHOLE_DIGITS = 15;

const fail = (problem: MoneyProblem): ParsedMoney => ({ ok: false, problem });

function groupsAreThousands(whole: string): boolean {
  return /^\d{1,3}([.,' ]\d{3})+$/.test(whole) && new Set(whole.replace(/\d/g, "")).size === 1;
}

/** Splits at the decimal sign: the last comma or point, unless the same sign occurs twice. */
function splitDecimals(text: string): [whole: string, decimals: string] {
  const at = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
  if (at < 0) return [text, ""];
  const sign = text.charAt(at);
  if (text.indexOf(sign) !== at) return [text, ""];
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The price of one thing may be finer than what is paid; the backend takes as many decimals. */
export const UNIT_PRICE_DECIMALS = 4;

export interface MoneyReading {
  allowNegative?: boolean;
  /** Most decimals; those of the currency unless said otherwise. */
  decimals?: number;
}

/**
 * Reads `1234,5`, `1 234.50`, `1.234,50`, `−12` or `kr 99` and answers with a decimal string that
 * has at least the decimals of the currency. More decimals than allowed are refused, never rounded.
 */
export function parseMoney(
  input: string,
  currency: string,
  options: MoneyReading = {},
): ParsedMoney {
  const digits = currencyDigits(currency);
  const most = Math.max(digits, options.decimals ?? digits);
  let text = input
    .replace(/[\s\u00a0\u202f\u2009]+/g, " ")
    .replace(/[\u2212\u2013]/g, "-")
    .trim();
  text = text
    .replace(new RegExp(`^(${currency}|kr\\.?) ?| ?(${currency}|kr\\.?)$`, "i"), "")
    .trim();
  const sign = /^[-+]/.exec(text)?.[0] ?? "";
  text = text.slice(sign.length).trim();
  if (sign === "-" && !options.allowNegative) return fail("negative");
  const [wholeText, decimals] = splitDecimals(text);
  const isPlain = /^\d*$/.test(wholeText);
  if (!isPlain && !groupsAreThousands(wholeText)) return fail("not_a_number");
  if (!/^\d*$/.test(decimals)) return fail("not_a_number");
  const whole = wholeText.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  if (whole === "" && decimals === "") return fail("not_a_number");
  const finest = decimals.replace(/0+$/, "");
  if (finest.length > most) return fail("too_many_decimals");
  if (whole.length > MAX_WHOLE_DIGITS) return fail("too_long");
  const fraction = finest.padEnd(digits, "0");
  const amount = `${whole || "0"}${fraction === "" ? "" : `.${fraction}`}`;
  const isNothing = /^[0.]+$/.test(amount);
  return { ok: true, amount: sign === "-" && !isNothing ? `-${amount}` : amount };
}
