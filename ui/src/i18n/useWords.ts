import i18n, { type Namespace, type TFunction } from "i18next";
import { usePreferences } from "~/ui/preferences";

const fixed = new Map<string, unknown>();

/** The words of an area as `useTranslation` gives them, for what stands in a list a hundred times over. */
export function useWords<N extends Namespace>(area: N): TFunction<N> {
  const language = usePreferences((preferences) => preferences.language);
  const name = `${language} ${area}`;
  if (!fixed.has(name)) fixed.set(name, i18n.getFixedT(language, area));
  return fixed.get(name) as TFunction<N>;
}
