import { Scale } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { ledgerRoute } from "./routes";

export default defineFeature({
  nav: "ledger",
  routes: [ledgerRoute],
  commands: [
    {
      id: "ledger.balance",
      title: () => i18n.t("ledger:tab_balance"),
      group: "go",
      icon: Scale,
      run: () => goTo("/ledger?tab=balance"),
    },
  ],
});
