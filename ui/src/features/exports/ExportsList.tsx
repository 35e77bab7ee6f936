import { Plug, Send, ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { useConnections } from "~/ipc/systems";
import { DataGrid, type SortBy, sortFrom, sortText } from "~/ui/grid";
import { Button, EmptyState, Icon, SearchField, Select, Tabs, Toolbar } from "~/ui/primitives";
import { useExports } from "./api";
import { exportColumns } from "./columns";
import s from "./Exports.module.css";
import { type ExportsSearch, VIEWS, type View } from "./routes";

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
  const rows = useExports({
    view,
    query: search.query ?? "",
    connectionId: search.connection ?? null,
    sort,
  });
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
  return (
    <Toolbar label={t("filters")}>
      <div className={s.search}>
        <SearchField
          label={t("search")}
          placeholder={t("search")}
          value={search.query ?? ""}
          onChange={(text) => onChange({ query: text || undefined })}
        />
      </div>
      {connections.length > 1 && (
        <Select
          label={t("connection")}
          hideLabel
          value={search.connection ?? "all"}
          onChange={(id) => onChange({ connection: id === "all" ? undefined : id })}
          options={[
            { id: "all", name: t("all_systems") },
            ...connections.map((c) => ({ id: c.id, name: c.system_name, meta: c.company })),
          ]}
        />
      )}
    </Toolbar>
  );
}

interface NoExportsProps {
  search: ExportsSearch;
  isConnected: boolean;
  onChange: (next: Partial<ExportsSearch>) => void;
}

function NoExports({ search, isConnected, onChange }: NoExportsProps) {
  const { t } = useTranslation("exports");
  if (search.query)
    return (
      <EmptyState
        kind="no_match"
        title={t("empty_no_match", { query: search.query })}
        action={<Button onPress={() => onChange({ query: undefined })}>{t("clear")}</Button>}
      />
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
