import { useNavigate } from "@tanstack/react-router";
import { Lightbulb, Plug, Shuffle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { faultText } from "~/ipc/errors";
import { Banner, Button, EmptyState, Page, PageHead, Scroll, Tabs } from "~/ui/primitives";
import { useConnections, useMapping } from "./api";
import { choose, isOpen, NO_CHANGES, released, suggested } from "./draft";
import { LeaveDialog } from "./LeaveDialog";
import { MappingSkeleton, MappingTable } from "./MappingTable";
import { MappingToolbar } from "./MappingToolbar";
import { KINDS, type MappingSearch, mappingRoute } from "./routes";
import { SaveBar } from "./SaveBar";
import { SuggestionsDialog } from "./SuggestionsDialog";
import { useFirstRead } from "./useFirstRead";
import { useMappingDraft } from "./useMappingDraft";

/** What of ours is what of theirs. */
export function MappingScreen() {
  const { t } = useTranslation(["mapping", "common"]);
  const navigate = useNavigate();
  const search = mappingRoute.useSearch();
  const known = useConnections();
  const connections = known.data?.connections ?? [];
  const connection = connections.find((c) => c.id === search.connection) ?? connections[0];
  const { data: view, error, refetch } = useMapping(connection?.id);
  const { draft, setDraft, save, isSaving, blocker } = useMappingDraft(view);
  const isReading = useFirstRead(view);
  const [isSuggesting, setSuggesting] = useState(false);
  const change = (next: Partial<MappingSearch>) =>
    void navigate({ to: "/mapping", search: { ...search, ...next }, replace: true });

  if (known.data && connection === undefined) return <NothingConnected />;
  const system = connection?.system_name ?? "";
  const rows = view?.rows ?? [];
  const offers = suggested(draft, rows);
  const gone = rows.filter((row) => row.state === "gone" && isOpen(draft, row));
  const openOf = (kind?: string) =>
    rows.filter((row) => (kind === undefined || row.kind === kind) && isOpen(draft, row)).length;
  const shown = rows.filter(
    (row) =>
      (search.kind === undefined || row.kind === search.kind) &&
      // A gap that was just filled stays in view until it is saved.
      (!search.missing || row.state !== "mapped" || isOpen(draft, row)),
  );
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={view && t("sub", { company: view.company, system })}
        actions={
          offers.length > 0 && (
            <Button icon={Lightbulb} onPress={() => setSuggesting(true)}>
              {t("use_all", { count: offers.length })}
            </Button>
          )
        }
      />
      <Tabs
        label={t("tabs")}
        value={search.kind ?? "all"}
        onChange={(id) => change({ kind: KINDS.find((kind) => kind === id) })}
        tabs={[
          { id: "all", name: t("tab_all"), count: openOf(), isAlarming: true },
          ...KINDS.map((kind) => ({
            id: kind,
            name: t(`tab_${kind}`),
            count: openOf(kind),
            isAlarming: true,
          })),
        ]}
      >
        {gone.length > 0 && (
          <Banner
            tone="warning"
            title={t("gone_title", { count: gone.length, system })}
            actions={
              <Button size="small" onPress={() => change({ missing: true, kind: undefined })}>
                {t("show_missing")}
              </Button>
            }
          >
            {t("gone_body")}
          </Banner>
        )}
        {error && (
          <Banner
            tone="danger"
            title={t("failed_title")}
            actions={
              <Button size="small" onPress={() => void refetch()}>
                {t("common:retry")}
              </Button>
            }
          >
            {faultText(error.fault)}
          </Banner>
        )}
        <MappingToolbar
          connections={connections}
          connectionId={connection?.id}
          fetchedAt={view?.fetched_at ?? null}
          isReading={isReading}
          search={search}
          onChange={change}
        />
        <Scroll width="full">
          {view === undefined && !error && <MappingSkeleton />}
          {view && shown.length > 0 && (
            <MappingTable
              view={view}
              rows={shown}
              systemName={system}
              draft={draft}
              onDraft={setDraft}
            />
          )}
          {view && shown.length === 0 && (
            <EmptyState
              kind={search.missing ? "all_done" : "first_use"}
              title={search.missing ? t("done_title") : t("no_rows")}
              action={
                search.missing && (
                  <Button onPress={() => change({ missing: undefined })}>{t("show_all")}</Button>
                )
              }
            >
              {search.missing && t("done_body", { system })}
            </EmptyState>
          )}
        </Scroll>
      </Tabs>
      <SaveBar
        count={draft.size}
        releases={released(draft, rows)}
        isBusy={isSaving}
        onSave={() => void save()}
        onDiscard={() => setDraft(NO_CHANGES)}
      />
      {isSuggesting && (
        <SuggestionsDialog
          rows={offers}
          systemName={system}
          onClose={() => setSuggesting(false)}
          onUse={(used) => {
            setSuggesting(false);
            setDraft(
              used.reduce(
                (next, row) => choose(next, row, row.suggestion?.remote_code ?? null, true),
                draft,
              ),
            );
          }}
        />
      )}
      {blocker.status === "blocked" && (
        <LeaveDialog
          count={draft.size}
          isBusy={isSaving}
          onStay={blocker.reset}
          onDiscard={blocker.proceed}
          onSave={() => void save().then((isSaved) => isSaved && blocker.proceed())}
        />
      )}
    </Page>
  );
}

function NothingConnected() {
  const { t } = useTranslation("mapping");
  return (
    <Page>
      <PageHead title={t("title")} />
      <EmptyState
        kind="first_use"
        icon={Shuffle}
        title={t("empty_title")}
        action={
          <Button variant="primary" icon={Plug} onPress={() => goTo("/connections?sign_in=new")}>
            {t("empty_action")}
          </Button>
        }
      >
        {t("empty_body")}
      </EmptyState>
    </Page>
  );
}
