import { useNavigate } from "@tanstack/react-router";
import { FileSpreadsheet, Plug, Send, ShieldCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import { goTo, placeOf } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { DataGrid, type SortBy, sortFrom, sortText } from "~/ui/grid";
import {
  Button,
  EmptyState,
  Icon,
  IconButton,
  Page,
  PageHead,
  SearchField,
  Select,
  Split,
  Tabs,
  Toolbar,
  toast,
} from "~/ui/primitives";
import { useConnections, useExportStatus, useExports, useStartExport, useSystemName } from "./api";
import { exportColumns } from "./columns";
import { ExportPeek } from "./ExportPeek";
import s from "./Exports.module.css";
import { FilesDialog } from "./FilesDialog";
import { RunBand } from "./RunBand";
import { type ExportsSearch, exportsRoute, VIEWS, type View } from "./routes";

const numbers = new Intl.NumberFormat("nb-NO");
const NEWEST: SortBy = { column: "changed_at", direction: "descending" };

/** Everything that goes to accounting systems, by what became of it. */
export function ExportsScreen() {
  const { t } = useTranslation("exports");
  const navigate = useNavigate();
  const search = exportsRoute.useSearch();
  const { data: status } = useExportStatus();
  const connections = useConnections().data?.connections ?? [];
  const systemName = useSystemName();
  const [isMakingFiles, setMakingFiles] = useState(false);
  const view = search.view ?? "all";
  const sort = sortFrom(search.sort, NEWEST);
  const query = search.query ?? "";
  const rows = useExports({ view, query, connectionId: search.connection ?? null, sort });
  const counts = rows.page?.counts ?? {};
  const change = (next: Partial<ExportsSearch>) =>
    void navigate({ to: "/exports", search: { ...search, ...next }, replace: true });
  const hasSeveral = connections.length > 1;
  const isPeeking = search.open !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names come with the connections
  const columns = useMemo(
    () => exportColumns(t, systemName, { system: hasSeveral && !isPeeking, date: !isPeeking }),
    [t, connections, hasSeveral, isPeeking],
  );
  useSearchKey();
  return (
    <Page>
      <Split>
        <div className={s.main}>
          <PageHead
            title={t("title")}
            sub={
              status && status.sent > 0
                ? t("sub", { count: status.sent, n: numbers.format(status.sent) })
                : undefined
            }
            actions={
              <>
                <FilesButton isShort={isPeeking} onPress={() => setMakingFiles(true)} />
                <SendButton connectionId={search.connection ?? null} />
              </>
            }
          />
          <RunBand status={status} />
          <Tabs<View>
            label={t("tabs")}
            value={view}
            onChange={(id) => change({ view: id, open: undefined })}
            tabs={VIEWS.map((id) => ({
              id,
              name: t(`tab_${id}`),
              count: counts[id],
              isAlarming: id === "attention",
            }))}
          >
            <Toolbar label={t("filters")}>
              <div className={s.search}>
                <SearchField
                  label={t("search")}
                  placeholder={t("search")}
                  value={query}
                  onChange={(text) => change({ query: text || undefined })}
                />
              </div>
              {hasSeveral && (
                <Select
                  label={t("connection")}
                  hideLabel
                  value={search.connection ?? "all"}
                  onChange={(id) => change({ connection: id === "all" ? undefined : id })}
                  options={[
                    { id: "all", name: t("all_systems") },
                    ...connections.map((c) => ({ id: c.id, name: c.system_name, meta: c.company })),
                  ]}
                />
              )}
            </Toolbar>
            <DataGrid
              label={t("title")}
              columns={columns}
              rows={rows}
              rowId={(row) => row.id}
              sort={sort}
              onSort={(next) => change({ sort: sortText(next) })}
              openId={search.open}
              onOpen={(row) => change({ open: row.id })}
              onPeek={(row) => change({ open: row.id })}
              onActive={(row) => search.open && change({ open: row.id })}
              empty={
                <NoExports search={search} isConnected={connections.length > 0} onChange={change} />
              }
              footLead={
                <span className={s.foot}>
                  <span>{t("count", { count: rows.count, n: numbers.format(rows.count) })}</span>
                  <span className="row t3">
                    <Icon of={ShieldCheck} size={14} />
                    {t("foot_safe")}
                  </span>
                </span>
              }
            />
          </Tabs>
        </div>
        {search.open && (
          <ExportPeek
            key={search.open}
            id={search.open}
            systemName={systemName}
            onClose={() => change({ open: undefined })}
            onDocument={(row: ExportRow) => goTo(documentPlace(row))}
          />
        )}
      </Split>
      {isMakingFiles && <FilesDialog onClose={() => setMakingFiles(false)} />}
    </Page>
  );
}

const documentPlace = (row: ExportRow) =>
  placeOf(row.kind === "customer" ? "student" : row.kind, row.document_id);

function SendButton({ connectionId }: { connectionId: string | null }) {
  const { t } = useTranslation("exports");
  const start = useStartExport();
  return (
    <Button
      variant="primary"
      icon={Send}
      isBusy={start.isPending}
      onPress={() =>
        start.mutate(
          { connection_id: connectionId },
          {
            onSuccess: ({ waiting, running }) =>
              !running && waiting === 0 && toast({ text: t("started_none"), tone: "info" }),
            onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
          },
        )
      }
    >
      {t("export_now")}
    </Button>
  );
}

/** Its word gives way when a panel takes the room. */
function FilesButton({ isShort, onPress }: { isShort: boolean; onPress: () => void }) {
  const { t } = useTranslation("exports");
  if (isShort) return <IconButton icon={FileSpreadsheet} label={t("files")} onPress={onPress} />;
  return (
    <Button variant="quiet" icon={FileSpreadsheet} onPress={onPress}>
      {t("files")}
    </Button>
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
