import { Wallet } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { goTo } from "~/domain/places";
import { i18n } from "~/i18n";
import { newPaymentRoute, paymentRoute, paymentsRoute, refundRoute } from "./routes";

export default defineFeature({
  nav: "payments",
  routes: [paymentsRoute, newPaymentRoute, refundRoute, paymentRoute],
  commands: [
    {
      id: "payments.record",
      title: () => i18n.t("payments:record"),
      group: "do",
      keys: "r",
      icon: Wallet,
      run: () => goTo("/payments/new"),
    },
  ],
});
