import { Settings2, ShieldCheck, Tags, UsersRound } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { foundMatters, matterPath, tabName, wordsOf } from "./matters";
import { settingsRoute } from "./routes";

export default defineFeature({
  nav: "settings",
  routes: [settingsRoute],
  sources: [
    {
      id: "settings",
      title: () => i18n.t("settings:title"),
      search: async (query) =>
        foundMatters(query)
          .slice(0, 5)
          .map((matter) => ({
            id: matter.title,
            icon: Settings2,
            label: wordsOf(matter.title),
            detail: tabName(matter.tab),
            run: () => goTo(matterPath(matter)),
          })),
    },
  ],
  commands: [
    {
      id: "settings.prices",
      title: () => i18n.t("settings:tab_prices"),
      group: "go",
      icon: Tags,
      run: () => goTo("/settings?tab=prices"),
    },
    {
      id: "settings.users",
      title: () => i18n.t("settings:tab_users"),
      group: "go",
      icon: UsersRound,
      run: () => goTo("/settings?tab=users"),
    },
    {
      id: "settings.book",
      title: () => i18n.t("settings:verify_title"),
      group: "do",
      icon: ShieldCheck,
      run: () => goTo("/settings?tab=book"),
    },
  ],
});
