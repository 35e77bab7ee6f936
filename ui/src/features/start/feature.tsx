import { Lock } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { Gate } from "./Gate";
import { NavFoot } from "./NavFoot";
import { Person } from "./Person";
import { Scope } from "./Scope";

export default defineFeature({
  commands: [
    {
      id: "start.lock",
      title: () => i18n.t("start:lock"),
      group: "window",
      icon: Lock,
      // The event `changed` that follows brings the gate down.
      run: () => void rpc("lock_book", {}),
    },
  ],
  slots: { Gate, Scope, Person, NavFoot },
});
