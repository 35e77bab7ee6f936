import { Plug, Send, ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { useConnections } from "~/ipc/systems";
import { DataGrid, type SortBy, sortFrom, sortText } from "~/ui/grid";
import { FilterBar } from "~/ui/list/FilterBar";
import { useViews } from "~/ui/list/useViews";
import { ViewsMenu } from "~/ui/list/ViewsMenu";
import { Button, EmptyState, Icon, Tabs } from "~/ui/primitives";
import { useExports } from "./api";
import { exportColumns, kindWord } from "./columns";
import s from "./Exports.module.css";
import { type ExportsSearch, KINDS, VIEWS, type View } from "./routes";

const numbers = new Intl.NumberFormat("nb-NO");
const NEWEST: SortBy = { column: "changed_at", direction: "descending" };

export interface ExportsListProps {
  search: ExportsSearch;
  systemName: (key: string) => string;
  onChange: (next: Partial<ExportsSearch>) => void;
}

/** The records by their state, narrowed by what stands in the address. */
export function ExportsList({ search, systemName, onChange }: ExportsListProps) {
  const { t } = useTranslation("exports");
  const connections = useConnections().data?.connections ?? [];
  const view = search.view ?? "all";
  const sort = sortFrom(search.sort, NEWEST);
  const rows = useExports(search, sort);
  const counts = rows.page?.counts ?? {};
  const hasSeveral = connections.length > 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names come with the connections
  const columns = useMemo(
    () => exportColumns(t, systemName, hasSeveral),
    [t, connections, hasSeveral],
  );
  return (
    <Tabs<View>
      label={t("tabs")}
      value={view}
      onChange={(id) => onChange({ view: id, open: undefined })}
      tabs={VIEWS.map((id) => ({
        id,
        name: t(`tab_${id}`),
        count: counts[id],
        isAlarming: id === "attention",
      }))}
    >
      <ListBar search={search} connections={connections} onChange={onChange} />
      <DataGrid
        label={t("title")}
        name="exports"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        sort={sort}
        onSort={(next) => onChange({ sort: sortText(next) })}
        openId={search.open}
        onOpen={(row) => onChange({ open: row.id })}
        onPeek={(row) => onChange({ open: row.id })}
        onActive={(row) => search.open && onChange({ open: row.id })}
        empty={
          <NoExports search={search} isConnected={connections.length > 0} onChange={onChange} />
        }
        footLead={
          <span className={s.foot}>
            <span>{t("count", { count: rows.count, n: numbers.format(rows.count) })}</span>
            <span className={s.footSafe}>
              <Icon of={ShieldCheck} size={14} />
              <span className="clip">{t("foot_safe")}</span>
            </span>
          </span>
        }
      />
    </Tabs>
  );
}

interface ListBarProps {
  search: ExportsSearch;
  connections: readonly ConnectionView[];
  onChange: (next: Partial<ExportsSearch>) => void;
}

function ListBar({ search, connections, onChange }: ListBarProps) {
  const { t } = useTranslation("exports");
  const views = useViews({
    list: "exports",
    address: search,
    except: ["open", "files"],
    onShow: (next) => onChange({ ...NOTHING, ...next }),
  });
  const systems = connections.map(({ id, system_name, company }) => ({
    id,
    name: company ? `${system_name} · ${company}` : system_name,
  }));
  const kinds = KINDS.map((id) => ({ id, name: kindWord(t, id) }));
  return (
    <FilterBar
      label={t("filters")}
      address={search}
      onNarrow={(change) => onChange(change as Partial<ExportsSearch>)}
      search={{ key: "query", label: t("search") }}
      lead={<ViewsMenu views={views} />}
      filters={[
        { id: "date", name: t("date"), look: "days", keys: ["from", "to"] },
        { id: "kind", name: t("kind"), look: "choice", keys: ["kind"], options: kinds },
        ...(systems.length > 1
          ? ([
              {
                id: "connection",
                name: t("connection"),
                look: "choice",
                keys: ["connection"],
                options: systems,
              },
            ] as const)
          : []),
      ]}
    />
  );
}

/** An address that narrows nothing. */
const NOTHING: ExportsSearch = {
  view: undefined,
  query: undefined,
  connection: undefined,
  kind: undefined,
  from: undefined,
  to: undefined,
  sort: undefined,
  open: undefined,
};

interface NoExportsProps {
  search: ExportsSearch;
  isConnected: boolean;
  onChange: (next: Partial<ExportsSearch>) => void;
}

function NoExports({ search, isConnected, onChange }: NoExportsProps) {
  const { t } = useTranslation(["exports", "common"]);
  const { query, connection, kind, from, to } = search;
  if (query || connection || kind || from || to)
    return (
      <EmptyState
        kind="no_match"
        title={t("empty_no_match")}
        action={
          <Button onPress={() => onChange({ ...NOTHING, view: search.view })}>
            {t("common:clear_filters")}
          </Button>
        }
      >
        {t("empty_no_match_body")}
      </EmptyState>
    );
  if (!isConnected)
    return (
      <EmptyState
        kind="first_use"
        icon={Send}
        title={t("empty_first")}
        action={
          <Button variant="primary" icon={Plug} onPress={() => goTo("/connections?sign_in=new")}>
            {t("empty_connect")}
          </Button>
        }
      >
        {t("empty_first_body")}
      </EmptyState>
    );
  return (
    <EmptyState kind="all_done" title={t("empty_done")}>
      {t("empty_done_body")}
    </EmptyState>
  );
}
