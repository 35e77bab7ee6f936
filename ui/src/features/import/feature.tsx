import { FileUp } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { importedRoute, importRoute } from "./routes";

export default defineFeature({
  routes: [importRoute, importedRoute],
  commands: [
    {
      id: "import.students",
      title: () => i18n.t("import:command_students"),
      group: "do",
      icon: FileUp,
      run: () => goTo("/import"),
    },
    {
      id: "import.services",
      title: () => i18n.t("import:command_services"),
      group: "do",
      icon: FileUp,
      run: () => goTo("/import?kind=services"),
    },
    {
      id: "import.invoices",
      title: () => i18n.t("import:command_invoices"),
      group: "do",
      icon: FileUp,
      run: () => goTo("/import?kind=invoices"),
    },
    {
      id: "import.payments",
      title: () => i18n.t("import:command_payments"),
      group: "do",
      icon: FileUp,
      run: () => goTo("/import?kind=payments"),
    },
    {
      id: "import.bookings",
      title: () => i18n.t("import:command_bookings"),
      group: "do",
      icon: FileUp,
      run: () => goTo("/import?kind=bookings"),
    },
  ],
});
