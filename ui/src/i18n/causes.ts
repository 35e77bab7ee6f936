/* The words of a cause: why documents wait, what it means for the books and what to do. */
import { formatAmount, type Money } from "~/domain/money";
import { i18n } from "./index";

/** The parts of a cause that its words are made of. */
export interface CauseWordsOf {
  class: string;
  params: Partial<Record<string, string>>;
  in_the_books: string;
  /** Key of the system: where something is done there differs. */
  system?: string;
  /** Tells the currency of amounts in the parameters. */
  amount?: Money | null;
}

export interface CauseWords {
  title: string;
  happened: string;
  books: string;
  /** What to do. */
  advice: string;
  /** What follows when nobody does it. */
  left: string;
}

/** What a class tells apart further: a kind of mapping, a kind of reference, or that it has a name. */
function variantOf({ class: name, params }: CauseWordsOf): string | undefined {
  if (name === "mapping_missing" || name === "by_hand" || name === "taken_back") return params.kind;
  if (name === "reference_gone") return params.reference;
  if (name === "validation" && params.field === "file") return "file";
  if (name === "validation") return params.field ? "field" : undefined;
  if (name === "duplicate" || name === "integrity") return params.number ? "number" : undefined;
  return undefined;
}

const AMOUNTS = ["our_gross", "their_gross", "our_vat", "their_vat"] as const;

/** The parameters as a person reads them; what the engine did not tell is a dash. */
function shownParams({ params, amount }: CauseWordsOf): Record<string, string | undefined> {
  const shown: Record<string, string | undefined> = {
    label: "–",
    name: "–",
    held: "–",
    currency: "–",
    ...params,
  };
  for (const name of AMOUNTS) {
    const value = params[name];
    const isAmount = value !== undefined && /^-?\d+(\.\d+)?$/.test(value);
    shown[name] = isAmount
      ? formatAmount({ amount: value, currency: amount?.currency ?? "" })
      : (value ?? "–");
  }
  return shown;
}

/** The words of a cause in the language of the window; `system` is the system's name. */
export function causeWords(cause: CauseWordsOf, system: string): CauseWords {
  const options = { ...shownParams(cause), system };
  const variant = variantOf(cause);
  // The company has one currency only, or its books are in another than ours.
  const finer = cause.params.single ? "single" : cause.params.books ? "books" : undefined;
  const variants = variant
    ? [finer && `${variant}_${finer}`, cause.system && `${variant}_${cause.system}`, variant]
    : [];
  const say = (keys: readonly string[]) => {
    const key = keys.find((k) => i18n.exists(`causes:${k}`));
    return key === undefined ? "" : String(i18n.t(`causes:${key}` as never, options as never));
  };
  const part = (name: string) =>
    say([
      ...variants.filter(Boolean).map((it) => `${cause.class}_${it}_${name}`),
      `${cause.class}_${name}`,
      `other_${name}`,
    ]);
  return {
    title: part("title"),
    happened: part("happened"),
    books: say([`${cause.class}_books`, `books_${cause.in_the_books}`, "books_unknown"]),
    advice: part("do"),
    left: part("left"),
  };
}
