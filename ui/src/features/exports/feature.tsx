import { FileSpreadsheet, Send } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import { toast } from "~/ui/primitives";
import { exportsRoute } from "./routes";

export default defineFeature({
  nav: "exports",
  routes: [exportsRoute],
  commands: [
    {
      id: "exports.now",
      title: () => i18n.t("exports:command_export"),
      group: "do",
      icon: Send,
      run: () =>
        void rpc("start_export", { connection_id: null }).then(
          () => goTo("/exports"),
          (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
        ),
    },
    {
      id: "exports.files",
      title: () => i18n.t("exports:files_title"),
      group: "do",
      icon: FileSpreadsheet,
      run: () => goTo("/exports?files=true"),
    },
  ],
});
