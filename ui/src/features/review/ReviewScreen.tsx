import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { formatInstant } from "~/domain/dates";
import { faultText } from "~/ipc/errors";
import type { CausesView } from "~/ipc/gen/CausesView";
import { useNamedCauses } from "~/ipc/namedCauses";
import { useConnections, useSystemName } from "~/ipc/systems";
import { Unconnected } from "~/ui/connection/Unconnected";
import { usePreferences } from "~/ui/preferences";
import { EmptyState, Page, PageHead, SkeletonLines, Split, UnreadBanner } from "~/ui/primitives";
import { useCauses } from "./api";
import { CauseDetail } from "./CauseDetail";
import { CauseList, GROUPS } from "./CauseList";
import { useOpenCause } from "./openCause";
import s from "./Review.module.css";
import { reviewRoute } from "./routes";
import { useUndoKey } from "./undoKey";

/** The causes there are, and the one that is open. */
function useReview() {
  const { t } = useTranslation("review");
  const navigate = useNavigate();
  const search = reviewRoute.useSearch();
  const { data, error, refetch } = useCauses();
  const named = useNamedCauses(data ? [...data.causes, ...data.waiting] : []);
  const view = data && {
    ...data,
    causes: data.causes.map(named),
    waiting: data.waiting.map(named),
  };
  const all = view ? GROUPS.flatMap((group) => view[group]) : [];
  const { open, place } = useOpenCause(view && all, search.cause);
  const group = view && open && GROUPS.find((one) => view[one].includes(open));
  const show = (id: string | undefined) =>
    void navigate({ to: "/review", search: { cause: id }, replace: true });
  const step = (by: number) => {
    const at = all.findIndex((cause) => cause.id === open?.id);
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (next) show(next.id);
  };
  useCommands([
    {
      id: "review.next",
      title: () => t("next_cause"),
      group: "screen",
      keys: "j",
      run: () => step(1),
    },
    {
      id: "review.previous",
      title: () => t("previous_cause"),
      group: "screen",
      keys: "k",
      run: () => step(-1),
    },
  ]);
  // A cause that was mended leaves the list; the address follows to the one now shown.
  const openId = open?.id;
  useEffect(() => {
    if (view && search.cause !== undefined && search.cause !== openId)
      void navigate({ to: "/review", search: { cause: openId }, replace: true });
  }, [view, search.cause, openId, navigate]);
  return { view, error, refetch, all, open, place, group, show };
}

/** What stopped, by cause: mend one thing and everything it held up goes on. */
export function ReviewScreen() {
  const { t } = useTranslation("review");
  const { view, error, refetch, all, open, place, group, show } = useReview();
  const systemName = useSystemName();
  useUndoKey();
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={
          view &&
          all.length > 0 &&
          (view.causes.length > 0 ? t("sub", { count: view.causes.length }) : t("sub_none"))
        }
      />
      {error && (
        <UnreadBanner
          title={t("failed")}
          fault={faultText(error.fault)}
          onRetry={() => void refetch()}
        />
      )}
      {view === undefined && !error && (
        <div className={s.loading}>
          <SkeletonLines count={8} />
        </div>
      )}
      {view && all.length === 0 && (
        <div ref={place} tabIndex={-1}>
          <NothingToDo view={view} />
        </div>
      )}
      {view && open && group && (
        <div ref={place} className={s.work}>
          <Split>
            <CauseList view={view} openId={open.id} systemName={systemName} onOpen={show} />
            <CauseDetail
              key={open.id}
              cause={open}
              group={group}
              system={systemName(open.system)}
              team={view}
            />
          </Split>
        </div>
      )}
    </Page>
  );
}

function NothingToDo({ view }: { view: CausesView }) {
  const { t } = useTranslation("review");
  const { language } = usePreferences();
  const { data } = useConnections();
  if (data && data.connections.length === 0)
    return (
      <Unconnected title={t("empty_first")} connect={t("connect")}>
        {t("empty_first_body")}
      </Unconnected>
    );
  return (
    <EmptyState kind="all_done" title={t("empty_title")}>
      {view.last_sent_at
        ? t("empty_body", { time: formatInstant(view.last_sent_at, language) })
        : t("empty_never")}
    </EmptyState>
  );
}
