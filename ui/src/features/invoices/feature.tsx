import { FilePlus2 } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { i18n } from "~/i18n";
import {
  creditNoteRoute,
  draftRoute,
  invoiceRoute,
  invoicesRoute,
  newInvoiceRoute,
} from "./routes";
import { findAnything } from "./search";

export default defineFeature({
  nav: "invoices",
  routes: [invoicesRoute, newInvoiceRoute, draftRoute, invoiceRoute, creditNoteRoute],
  commands: [
    {
      id: "invoices.new",
      title: () => i18n.t("invoices:new"),
      group: "do",
      keys: "c",
      icon: FilePlus2,
      run: () => {
        location.hash = "#/invoices/new";
      },
    },
  ],
  sources: [{ id: "book", title: () => i18n.t("invoices:found"), search: findAnything }],
});
