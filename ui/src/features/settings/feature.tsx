import { ShieldCheck, Tags, UsersRound } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { settingsRoute } from "./routes";

export default defineFeature({
  nav: "settings",
  routes: [settingsRoute],
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
