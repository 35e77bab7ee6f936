import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import { DataGrid, type GridColumn, useLocalRows } from "~/ui/grid";
import { Amount, Button, EmptyState, Pill, SearchField, Switch, Toolbar } from "~/ui/primitives";
import { useDeskStatus, useServices } from "./api";
import { ServiceDialog } from "./ServiceDialog";
import s from "./Settings.module.css";
import { KINDS } from "./service";

const NONE: readonly ServiceRow[] = [];

/** What the school sells and for how much. */
export function PricesPart() {
  const { t } = useTranslation("settings");
  const [query, setQuery] = useState("");
  const [showsInactive, setShowsInactive] = useState(false);
  const [edited, setEdited] = useState<ServiceRow | "new" | null>(null);
  const school = useDeskStatus().data?.school;
  const answer = useServices(showsInactive);
  const shown = useMemo(() => found(answer.data?.rows ?? NONE, query), [answer.data, query]);
  const held = {
    ...useLocalRows(shown),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const isGross = school?.price_basis !== "net";
  const columns = useMemo(() => {
    const all = columnsOf(t, isGross);
    // Where all are in use, saying so in every row is noise.
    return showsInactive ? all : all.filter((column) => column.id !== "active");
  }, [t, isGross, showsInactive]);
  useSearchKey();
  return (
    <>
      <Toolbar
        label={t("tab_prices")}
        end={
          <>
            <Link to="/import" search={{ kind: "services" }} className={s.barLink}>
              {t("import_prices")}
            </Link>
            <Button variant="primary" icon={Plus} onPress={() => setEdited("new")}>
              {t("new_price")}
            </Button>
          </>
        }
      >
        <div className={s.search}>
          <SearchField
            label={t("search_prices")}
            placeholder={t("search_prices")}
            value={query}
            onChange={setQuery}
          />
        </div>
        <Switch isSelected={showsInactive} onChange={setShowsInactive}>
          {t("show_inactive")}
        </Switch>
      </Toolbar>
      <DataGrid
        label={t("tab_prices")}
        columns={columns}
        rows={held}
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
            <EmptyState
              kind="first_use"
              title={t("no_prices")}
              action={
                <Button variant="primary" icon={Plus} onPress={() => setEdited("new")}>
                  {t("new_price")}
                </Button>
              }
            >
              {t("no_prices_body")}
            </EmptyState>
          )
        }
        footLead={<span>{t("price_count", { count: shown.length })}</span>}
      />
      {edited && (
        <ServiceDialog service={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

/** The list is known in full; looking through it needs no question to the backend. */
function found(rows: readonly ServiceRow[], query: string): readonly ServiceRow[] {
  const wanted = query.trim().toLocaleLowerCase("nb");
  if (wanted === "") return rows;
  return rows.filter((row) => `${row.code} ${row.name}`.toLocaleLowerCase("nb").includes(wanted));
}

function columnsOf(t: TFunction<"settings">, isGross: boolean): GridColumn<ServiceRow>[] {
  const dim = (row: ServiceRow) => (row.active ? undefined : "t3");
  return [
    {
      id: "code",
      header: t("code"),
      width: 120,
      isPinned: true,
      cell: (r) => <span className={`num ${dim(r) ?? "t2"}`}>{r.code}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 200,
      grow: true,
      cell: (r) => (
        <span className={`clip ${dim(r) ?? ""}`} title={r.name}>
          {r.name}
        </span>
      ),
    },
    {
      id: "kind",
      header: t("kind"),
      width: 128,
      cell: (r) => (
        <span className="t2 clip">
          {t(`kind_${KINDS.find((kind) => kind === r.kind) ?? "lesson"}`)}
        </span>
      ),
    },
    {
      id: "tax",
      header: t("vat_code"),
      width: 136,
      cell: (r) => <span className="t2 clip">{r.tax_name}</span>,
    },
    {
      id: "account",
      header: t("account"),
      width: 96,
      cell: (r) => <span className="num t2">{r.income_account || "–"}</span>,
    },
    {
      id: "price",
      header: t(isGross ? "price_gross" : "price_net"),
      width: 144,
      align: "end",
      cell: (r) => (
        <Amount
          of={{ amount: r.unit_price, currency: r.currency }}
          look={r.active ? "main" : "dim"}
        />
      ),
    },
    {
      id: "active",
      header: t("in_use"),
      width: 112,
      cell: (r) => (
        <Pill tone={r.active ? "success" : "neutral"} shape={r.active ? "check" : "none"} isQuiet>
          {t(r.active ? "active" : "inactive")}
        </Pill>
      ),
    },
  ];
}
