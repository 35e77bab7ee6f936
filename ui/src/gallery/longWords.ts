/*
 * Texts as long as those of longer languages, made from the English ones, to see what is cut. Only
 * development holds this; the address `?words=long` turns it on.
 */
import type { i18n as I18n } from "i18next";

const LONGER_BY = 0.4;

/** `Received {{amount}}` becomes `Receivedived {{amount}}`: each word by two fifths of its own end. */
export function longer(text: string): string {
  return text.replace(/\{\{[^}]*\}\}|\p{L}+/gu, (word) =>
    word.startsWith("{{") ? word : word + word.slice(-Math.ceil(word.length * LONGER_BY)),
  );
}

export function lengthenWords(i18n: I18n): void {
  for (const [language, areas] of Object.entries(i18n.store.data))
    for (const [area, words] of Object.entries(areas))
      i18n.addResourceBundle(
        language,
        area,
        Object.fromEntries(Object.entries(words).map(([key, text]) => [key, longer(String(text))])),
        true,
        true,
      );
}
