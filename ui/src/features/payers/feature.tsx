import { HandCoins } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { payerRoute, payersRoute } from "./routes";

export default defineFeature({
  nav: "payers",
  routes: [payersRoute, payerRoute],
  commands: [
    {
      id: "payers.register",
      title: () => i18n.t("payers:register"),
      group: "do",
      icon: HandCoins,
      run: () => goTo("/payers?register=true"),
    },
  ],
});
