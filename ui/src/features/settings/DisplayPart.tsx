import { useTranslation } from "react-i18next";
import { LANGUAGES } from "~/i18n";
import { usePreferences } from "~/ui/preferences";
import { RadioGroup, Scroll, Segmented, Switch } from "~/ui/primitives";
import { Notices } from "./NoticesPart";
import { Part } from "./Part";

const THEMES = ["system", "light", "dark"] as const;
const DENSITIES = ["comfortable", "compact", "dense"] as const;

/** How the window looks on this machine. Takes effect at once. */
export function DisplayPart() {
  const { t } = useTranslation(["settings", "common"]);
  const { theme, density, language, letterKeys, set } = usePreferences();
  return (
    <Scroll>
      <Part title={t("common:theme")} about={t("theme_about")}>
        <Segmented
          label={t("common:theme")}
          value={theme}
          options={THEMES.map((id) => ({ id, name: t(`common:theme_${id}`) }))}
          onChange={(id) => set({ theme: id })}
        />
      </Part>
      <Part title={t("common:density")} about={t("density_about")}>
        <Segmented
          label={t("common:density")}
          value={density}
          options={DENSITIES.map((id) => ({ id, name: t(`common:density_${id}`) }))}
          onChange={(id) => set({ density: id })}
        />
      </Part>
      <Part title={t("common:language")} about={t("language_about")}>
        <RadioGroup
          label={t("common:language")}
          hideLabel
          value={language}
          options={LANGUAGES.map((id) => ({ id, name: t(`common:language_${id}`) }))}
          onChange={(id) => set({ language: id })}
        />
      </Part>
      <Notices />
      <Part title={t("keys")} about={t("keys_about")}>
        <Switch isSelected={letterKeys} onChange={(on) => set({ letterKeys: on })}>
          {t("keys_letters")}
        </Switch>
      </Part>
    </Scroll>
  );
}
