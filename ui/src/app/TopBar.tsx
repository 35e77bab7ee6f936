import { Search, SlidersHorizontal } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { openLayer } from "~/commands/layers";
import { LANGUAGES } from "~/i18n";
import { usePreferences } from "~/ui/preferences";
import { Icon, IconButton, Kbd, Menu } from "~/ui/primitives";
import { slots } from "./features";
import s from "./TopBar.module.css";
import { WorkPlace } from "./WorkPlace";

export function TopBar() {
  const { t } = useTranslation();
  const { Help, Person, Scope, Sync } = slots;
  return (
    <header className={s.bar}>
      <div className={s.start}>{Scope && <Scope />}</div>
      <AriaButton className={s.search} onPress={() => openLayer("palette")}>
        <Icon of={Search} />
        <span className="grow">{t("search_or_do")}</span>
        <Kbd keys="mod+k" />
      </AriaButton>
      <div className={s.end}>
        <WorkPlace />
        {Sync && <Sync />}
        <DisplayMenu />
        {Help && <Help />}
        {Person && <Person />}
      </div>
    </header>
  );
}

const THEMES = ["system", "light", "dark"] as const;
const DENSITIES = ["comfortable", "compact", "dense"] as const;

function DisplayMenu() {
  const { t } = useTranslation();
  const { theme, density, language, set } = usePreferences();
  return (
    <Menu
      label={t("display")}
      trigger={<IconButton icon={SlidersHorizontal} label={t("display")} />}
      groups={[
        {
          id: "theme",
          title: t("theme"),
          actions: THEMES.map((id) => ({
            id,
            label: t(`theme_${id}`),
            isChosen: id === theme,
            onAction: () => set({ theme: id }),
          })),
        },
        {
          id: "density",
          title: t("density"),
          actions: DENSITIES.map((id) => ({
            id,
            label: t(`density_${id}`),
            isChosen: id === density,
            onAction: () => set({ density: id }),
          })),
        },
        {
          id: "language",
          title: t("language"),
          actions: LANGUAGES.map((id) => ({
            id,
            label: t(`language_${id}`),
            isChosen: id === language,
            onAction: () => set({ language: id }),
          })),
        },
      ]}
    />
  );
}
