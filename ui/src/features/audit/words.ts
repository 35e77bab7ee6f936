import { i18n } from "~/i18n";

/** A word of the log in the language of the window; one without words shows itself. */
function word(key: string, plain: string): string {
  return i18n.exists(key) ? String(i18n.t(key as never)) : plain.replaceAll("_", " ");
}

export const kindWord = (kind: string) => word(`audit:kind_${kind}`, kind);
export const aboutWord = (kind: string) => word(`audit:about_${kind}`, kind);

/** `person.email` by its last part; the lines of a document keep their number. */
export function fieldWord(field: string): string {
  const parts = field.split(".");
  const last = parts.at(-1) ?? field;
  const line = parts.find((part) => /^\d+$/.test(part));
  const name = word(`audit:field_${last}`, last);
  return line === undefined ? name : `${line} · ${name}`;
}
