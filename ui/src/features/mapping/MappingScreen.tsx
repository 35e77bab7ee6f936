import { FlaskConical, History, Lightbulb, Plug, Shuffle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { faultText } from "~/ipc/errors";
import type { MappingView } from "~/ipc/gen/MappingView";
import {
  Banner,
  Button,
  EmptyState,
  Page,
  PageHead,
  Scroll,
  Tabs,
  UnreadBanner,
} from "~/ui/primitives";
import { BeginBanner } from "./BeginBanner";
import { CurrencyBanner } from "./CurrencyBanner";
import { NO_CHANGES, released, withSuggestions } from "./draft";
import { LeaveDialog } from "./LeaveDialog";
import { MappingSkeleton, MappingTable } from "./MappingTable";
import { MappingToolbar } from "./MappingToolbar";
import { RehearsalDialog } from "./RehearsalDialog";
import { KINDS, type Kind, tabOf } from "./routes";
import { RulesPanel } from "./rules/RulesPanel";
import { SaveBar } from "./SaveBar";
import { SuggestionsDialog } from "./SuggestionsDialog";
import { type MappingWork, useMappingWork } from "./useMappingWork";
import { VersionsDialog } from "./VersionsDialog";

/** What of ours is what of theirs. */
export function MappingScreen() {
  const { t } = useTranslation("mapping");
  const work = useMappingWork();
  const { connection, view, system, draft, setDraft, offers, openOf, search, change } = work;
  const [open, setOpen] = useState<"suggestions" | "versions" | "test" | null>(null);
  const close = () => setOpen(null);
  const kinds = kindsOf(view);
  if (work.isUnconnected) return <NothingConnected />;
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={view && t("sub", { company: view.company, system })}
        actions={
          view && (
            <>
              {view.booking === "documents" && (
                <Button icon={FlaskConical} onPress={() => setOpen("test")}>
                  {t("test")}
                </Button>
              )}
              <Button icon={History} onPress={() => setOpen("versions")}>
                {t("versions")}
              </Button>
              {offers.length > 0 && (
                <Button icon={Lightbulb} onPress={() => setOpen("suggestions")}>
                  {t("use_all", { count: offers.length })}
                </Button>
              )}
            </>
          )
        }
      />
      <Tabs
        label={t("tabs")}
        value={search.kind ?? "all"}
        onChange={(id) => change({ kind: tabOf(id) })}
        tabs={[
          { id: "all", name: t("tab_all"), count: openOf(), isAlarming: true },
          ...kinds.map((kind) => ({
            id: kind,
            name: t(`tab_${kind}`),
            count: openOf(kind),
            isAlarming: true,
          })),
          ...(view?.booking === "documents"
            ? [{ id: "rule", name: t("tab_rule"), count: view.rules }]
            : []),
        ]}
      >
        <Warnings work={work} />
        <MappingToolbar
          connections={work.connections}
          connectionId={connection?.id}
          departments={view?.departments ?? []}
          fetchedAt={view?.fetched_at ?? null}
          isReading={work.isReading}
          search={search}
          onChange={change}
        />
        <Scroll width="full">
          {search.kind === "rule" && connection ? (
            <RulesPanel
              connectionId={connection.id}
              departmentId={search.department}
              systemName={system}
            />
          ) : (
            <Lines work={work} />
          )}
        </Scroll>
      </Tabs>
      <Saving work={work} />
      {open === "suggestions" && (
        <SuggestionsDialog
          rows={offers}
          systemName={system}
          onClose={close}
          onUse={(used) => {
            close();
            setDraft(withSuggestions(draft, used));
          }}
        />
      )}
      {open === "versions" && view && (
        <VersionsDialog connectionId={view.connection_id} unsaved={draft.size} onClose={close} />
      )}
      {open === "test" && view && (
        <RehearsalDialog
          connectionId={view.connection_id}
          systemName={system}
          unsaved={draft.size}
          onClose={close}
        />
      )}
    </Page>
  );
}

/** Journal entries name accounts; documents name what was sold, its VAT and how it was paid. */
const isOf = (kind: Kind, booking: string | undefined) =>
  kind === "department" ||
  (kind === "ledger_account") === (booking !== undefined && booking !== "documents");

/** Departments are told apart by the school, and only where there are any; so are currencies and fields. */
const kindsOf = (view: MappingView | undefined) =>
  KINDS.filter((kind) => isOf(kind, view?.booking)).filter(
    (kind) =>
      ((kind !== "currency" && kind !== "custom_field") ||
        view?.rows.some((row) => row.kind === kind)) &&
      (kind !== "department" || (view?.department_id === null && view.departments.length > 0)),
  );

/** What of theirs is gone, and that the table could not be read. */
function Warnings({ work }: { work: MappingWork }) {
  const { t } = useTranslation("mapping");
  const { gone, system, error, refetch, change, connection } = work;
  return (
    <>
      {connection?.state === "to_map" && <BeginBanner connection={connection} />}
      <CurrencyBanner view={work.view} system={system} />
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
        <UnreadBanner
          title={t("failed_title")}
          fault={faultText(error.fault)}
          onRetry={() => void refetch()}
        />
      )}
    </>
  );
}

/** The table, on its way, or that nothing is left to map. */
function Lines({ work }: { work: MappingWork }) {
  const { t } = useTranslation("mapping");
  const { view, shown, system, draft, setDraft, search, change, error } = work;
  if (view === undefined) return error ? null : <MappingSkeleton />;
  if (shown.length > 0)
    return (
      <MappingTable view={view} rows={shown} systemName={system} draft={draft} onDraft={setDraft} />
    );
  if (!search.missing) return <EmptyState kind="first_use" title={t("no_rows")} />;
  return (
    <EmptyState
      kind="all_done"
      title={t("done_title")}
      action={<Button onPress={() => change({ missing: undefined })}>{t("show_all")}</Button>}
    >
      {t("done_body", { system })}
    </EmptyState>
  );
}

/** What is not saved yet, and the question before it is left. */
function Saving({ work }: { work: MappingWork }) {
  const { draft, setDraft, save, isSaving, rows, blocker } = work;
  return (
    <>
      <SaveBar
        count={draft.size}
        releases={released(draft, rows)}
        isBusy={isSaving}
        onSave={() => void save()}
        onDiscard={() => setDraft(NO_CHANGES)}
      />
      {blocker.status === "blocked" && (
        <LeaveDialog
          count={draft.size}
          isBusy={isSaving}
          onStay={blocker.reset}
          onDiscard={blocker.proceed}
          onSave={() => void save().then((isSaved) => isSaved && blocker.proceed())}
        />
      )}
    </>
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
