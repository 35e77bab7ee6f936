import { useTranslation } from "react-i18next";
import type { MappingView } from "~/ipc/gen/MappingView";
import { Banner } from "~/ui/primitives";

/** Each system has its own place for it. */
const HOW = {
  xero: "currency_how_xero",
  qbo: "currency_how_qbo",
  sage: "currency_how_sage",
} as const;

export interface CurrencyBannerProps {
  view: MappingView | undefined;
  /** The system's own name. */
  system: string;
}

/** Which currencies are not switched on there, and where that is done. Nothing is chosen here. */
export function CurrencyBanner({ view, system }: CurrencyBannerProps) {
  const { t } = useTranslation("mapping");
  const off = (view?.rows ?? []).filter(
    (row) => row.kind === "currency" && row.state === "missing",
  );
  if (view === undefined || off.length === 0) return null;
  const currencies = off.map((row) => row.label).join(", ");
  const how = HOW[view.system as keyof typeof HOW] ?? "currency_how";
  return (
    <Banner
      tone="warning"
      title={t("currency_off_title", { count: off.length, currencies, system })}
    >
      {t(how, { currencies, system })}
    </Banner>
  );
}
