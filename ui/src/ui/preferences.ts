import { create } from "zustand";
import type { Language } from "~/domain/dates";

export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact" | "dense";

interface Preferences {
  theme: Theme;
  density: Density;
  language: Language;
  /** Single-letter shortcuts can be turned off (WCAG 2.1.4). */
  letterKeys: boolean;
  set: (change: Partial<Omit<Preferences, "set">>) => void;
}

const KEY = "kontor.window";

function stored(): Partial<Preferences> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    // Storage may be closed or hold nonsense; the looks then start from their defaults.
    return {};
  }
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.includes(value as T) ? (value as T) : otherwise;
}

function systemLanguage(): Language {
  return /^(nb|no|nn)\b/i.test(navigator.language) ? "nb" : "en";
}

const kept = stored();

/** How the window looks on this machine. Holds nothing about the books or the person. */
export const usePreferences = create<Preferences>((set, get) => ({
  theme: oneOf<Theme>(kept.theme, ["system", "light", "dark"], "system"),
  density: oneOf<Density>(kept.density, ["comfortable", "compact", "dense"], "compact"),
  language: oneOf<Language>(kept.language, ["en", "nb"], systemLanguage()),
  letterKeys: kept.letterKeys !== false,
  set(change) {
    set(change);
    const { theme, density, language, letterKeys } = get();
    try {
      localStorage.setItem(KEY, JSON.stringify({ theme, density, language, letterKeys }));
    } catch {
      // The choice then lasts as long as the window.
    }
  },
}));

const prefersDark = () => window.matchMedia("(prefers-color-scheme: dark)");

export function effectiveTheme(theme: Theme): "light" | "dark" {
  if (theme !== "system") return theme;
  return prefersDark().matches ? "dark" : "light";
}

function paint({ theme, density, language }: Preferences) {
  const root = document.documentElement;
  root.dataset.theme = effectiveTheme(theme);
  root.dataset.density = density;
  root.lang = language;
}

/** Paints the preferences on the document and keeps them painted. */
export function applyPreferences(): () => void {
  paint(usePreferences.getState());
  const stop = usePreferences.subscribe(paint);
  const media = prefersDark();
  const repaint = () => paint(usePreferences.getState());
  media.addEventListener("change", repaint);
  return () => {
    stop();
    media.removeEventListener("change", repaint);
  };
}
