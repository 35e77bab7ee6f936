import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { BarSearch, Button, EmptyState, Switch, Toolbar } from "~/ui/primitives";
import { useDeskStatus, useServices } from "./api";
import { priceColumns } from "./priceColumns";
import { ServiceDialog } from "./ServiceDialog";
import s from "./Settings.module.css";

const NONE: readonly ServiceRow[] = [];

/** The list is known in full; looking through it needs no question to the backend. */
function found(rows: readonly ServiceRow[], query: string): readonly ServiceRow[] {
  const wanted = query.trim().toLocaleLowerCase("nb");
  if (wanted === "") return rows;
  return rows.filter((row) => `${row.code} ${row.name}`.toLocaleLowerCase("nb").includes(wanted));
}

function usePrices(query: string, showsInactive: boolean) {
  const { t } = useTranslation("settings");
  const isGross = useDeskStatus().data?.school?.price_basis !== "net";
  const answer = useServices(showsInactive);
  const shown = useMemo(() => found(answer.data?.rows ?? NONE, query), [answer.data, query]);
  const rows = {
    ...useLocalRows(shown),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(() => {
    const all = priceColumns(t, isGross);
    // Where all are in use, saying so in every row is noise.
    return showsInactive ? all : all.filter((column) => column.id !== "active");
  }, [t, isGross, showsInactive]);
  return { rows, columns };
}

/** What the school sells and for how much. */
export function PricesPart() {
  const { t } = useTranslation("settings");
  const [query, setQuery] = useState("");
  const [showsInactive, setShowsInactive] = useState(false);
  const [edited, setEdited] = useState<ServiceRow | "new" | null>(null);
  const { rows, columns } = usePrices(query, showsInactive);
  useSearchKey();
  const add = (
    <Button variant="primary" icon={Plus} onPress={() => setEdited("new")}>
      {t("new_price")}
    </Button>
  );
  return (
    <>
      <Toolbar
        label={t("tab_prices")}
        end={
          <>
            <Link to="/import" search={{ kind: "services" }} className={s.barLink}>
              {t("import_prices")}
            </Link>
            {add}
          </>
        }
      >
        <BarSearch label={t("search_prices")} value={query} onChange={setQuery} />
        <Switch isSelected={showsInactive} onChange={setShowsInactive}>
          {t("show_inactive")}
        </Switch>
      </Toolbar>
      <DataGrid
        label={t("tab_prices")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={setEdited}
        onPeek={setEdited}
        empty={
          query ? (
            <EmptyState
              kind="no_match"
              title={t("no_price_match", { query })}
              action={<Button onPress={() => setQuery("")}>{t("clear_search")}</Button>}
            />
          ) : (
            <EmptyState kind="first_use" title={t("no_prices")} action={add}>
              {t("no_prices_body")}
            </EmptyState>
          )
        }
        footLead={<span>{t("price_count", { count: rows.count })}</span>}
      />
      {edited && (
        <ServiceDialog service={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}
