import { Files } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { chargesRoute, newRunRoute, rulesRoute, runRoute } from "./routes";

export default defineFeature({
  nav: "charges",
  routes: [chargesRoute, rulesRoute, newRunRoute, runRoute],
  commands: [
    {
      id: "charges.run",
      title: () => i18n.t("charges:run"),
      group: "do",
      icon: Files,
      run: () => goTo("/charges/run"),
    },
    {
      id: "charges.rules",
      title: () => i18n.t("charges:rules"),
      group: "do",
      icon: Files,
      run: () => goTo("/charges/rules"),
    },
  ],
});
