import { Plug } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { Banners } from "./Banners";
import { connectionsRoute } from "./routes";
import { Sync } from "./Sync";

export default defineFeature({
  nav: "connections",
  routes: [connectionsRoute],
  commands: [
    {
      id: "connections.connect",
      title: () => i18n.t("connections:command_connect"),
      group: "do",
      icon: Plug,
      run: () => goTo("/connections?sign_in=new"),
    },
  ],
  slots: { Sync, Banners },
});
