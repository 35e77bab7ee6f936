import { FilePlus2, Repeat } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import {
  creditNoteRoute,
  draftRoute,
  editRecurringRoute,
  invoiceRoute,
  invoicesRoute,
  newInvoiceRoute,
  newRecurringRoute,
  oneRecurringRoute,
  recurringRoute,
} from "./routes";
import { findAnything } from "./search";

export default defineFeature({
  nav: "invoices",
  routes: [
    invoicesRoute,
    newInvoiceRoute,
    draftRoute,
    invoiceRoute,
    creditNoteRoute,
    recurringRoute,
    newRecurringRoute,
    oneRecurringRoute,
    editRecurringRoute,
  ],
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
    {
      id: "invoices.recurring",
      title: () => i18n.t("recurring:show"),
      group: "do",
      icon: Repeat,
      run: () => goTo("/invoices/recurring"),
    },
  ],
  sources: [{ id: "book", title: () => i18n.t("invoices:found"), search: findAnything }],
});
