import { ShieldCheck } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { auditRoute } from "./routes";

export default defineFeature({
  nav: "audit",
  routes: [auditRoute],
  commands: [
    {
      id: "audit.school",
      title: () => i18n.t("audit:school_changes"),
      group: "go",
      icon: ShieldCheck,
      run: () => goTo("/audit?about=school"),
    },
  ],
});
