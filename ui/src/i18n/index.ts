import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { en, nb } from "./resources";

export type Language = "en" | "nb";
export const LANGUAGES: readonly Language[] = ["en", "nb"];

/** Locale for React Aria's own words, such as those of the calendar. */
export const ARIA_LOCALE: Record<Language, string> = { en: "en-GB", nb: "nb-NO" };

export function startI18n(language: Language): typeof i18n {
  i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: { en, nb },
    defaultNS: "common",
    ns: Object.keys(en),
    // React escapes what it prints.
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  } as Parameters<typeof i18n.init>[0]);
  return i18n;
}

export { i18n };
