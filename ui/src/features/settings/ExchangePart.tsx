import { ArrowLeftRight, FileUp, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExchangeRateRow } from "~/ipc/gen/ExchangeRateRow";
import { useMay } from "~/ipc/session";
import { useExchangeRates } from "~/ui/exchange/api";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { usePreferences } from "~/ui/preferences";
import { Button, EmptyState, Toolbar } from "~/ui/primitives";
import { RateDialog } from "./RateDialog";
import { RatesImport } from "./RatesImport";
import { rateColumns } from "./rateColumns";
import { type RatesOf, ratesByCurrency } from "./rates";

const NONE: readonly ExchangeRateRow[] = [];

/** What a currency is called in the language of the window. */
function useCurrencyName() {
  const { language } = usePreferences();
  return useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: "currency", fallback: "none" });
    return (currency: string) => names.of(currency) ?? "";
  }, [language]);
}

/** Other currencies and what they are worth: the rate that holds, and those before it. */
export function ExchangePart() {
  const { t } = useTranslation("exchange");
  const may = useMay("set_up");
  const [asked, ask] = useState<RatesOf | "new" | "import" | null>(null);
  const answer = useExchangeRates();
  const base = answer.data?.base ?? "";
  const nameOf = useCurrencyName();
  const shown = useMemo(() => ratesByCurrency(answer.data?.rates ?? NONE), [answer.data]);
  const rows = {
    ...useLocalRows(shown),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(() => rateColumns(t, base, nameOf), [t, base, nameOf]);
  const add = (
    <Button variant="primary" icon={Plus} onPress={() => ask("new")}>
      {t("new_rate")}
    </Button>
  );
  const bring = (
    <Button icon={FileUp} onPress={() => ask("import")}>
      {t("import")}
    </Button>
  );
  return (
    <>
      <Toolbar
        label={t("rates")}
        end={
          may && (
            <>
              {bring}
              {add}
            </>
          )
        }
      >
        <span className="t2">{t("rates_note", { base })}</span>
      </Toolbar>
      <DataGrid
        label={t("rates")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.currency}
        onOpen={ask}
        onPeek={ask}
        empty={
          <EmptyState kind="first_use" icon={ArrowLeftRight} title={t("no_rates", { base })}>
            {t("no_rates_body")}
          </EmptyState>
        }
        footLead={<span>{t("currencies_count", { count: rows.count })}</span>}
      />
      {asked === "import" && <RatesImport onClose={() => ask(null)} />}
      {asked && asked !== "import" && (
        <RateDialog
          of={asked === "new" ? null : asked}
          base={base}
          mayChange={may}
          onClose={() => ask(null)}
        />
      )}
    </>
  );
}
