import { CalendarClock } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { planRoute, plansRoute } from "./routes";

export default defineFeature({
  nav: "plans",
  routes: [plansRoute, planRoute],
  commands: [
    {
      id: "plans.broken",
      title: () => i18n.t("plans:show_broken"),
      group: "do",
      icon: CalendarClock,
      run: () => goTo("/plans?shelf=broken"),
    },
  ],
});
