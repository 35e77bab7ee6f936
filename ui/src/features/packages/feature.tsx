import { Hourglass } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { packagesRoute } from "./routes";

export default defineFeature({
  nav: "packages",
  routes: [packagesRoute],
  commands: [
    {
      id: "packages.expiring",
      title: () => i18n.t("packages:show_expiring"),
      group: "do",
      icon: Hourglass,
      run: () => goTo("/packages?shelf=expiring"),
    },
  ],
});
