import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConflictsView } from "~/ipc/gen/ConflictsView";
import { useSystemName } from "~/ipc/systems";
import { Unconnected } from "~/ui/connection/Unconnected";
import {
  Button,
  EmptyState,
  Moment,
  Page,
  PageHead,
  SkeletonLines,
  Split,
  toast,
  UnreadBanner,
} from "~/ui/primitives";
import { useConflicts, useReadChanges } from "./api";
import { ConflictDetail } from "./ConflictDetail";
import { ConflictList } from "./ConflictList";
import s from "./Conflicts.module.css";
import { conflictsRoute } from "./routes";
import { byCause } from "./words";

/** The conflicts there are in the order of the list, and the one in the address or the first. */
function useShown() {
  const { t } = useTranslation("conflicts");
  const navigate = useNavigate();
  const search = conflictsRoute.useSearch();
  const { data: view, error, refetch } = useConflicts();
  const all = byCause(view?.conflicts ?? []).flatMap(([, group]) => group);
  const open = all.find((one) => one.id === search.open) ?? all[0];
  const show = (id: string) =>
    void navigate({ to: "/conflicts", search: { open: id }, replace: true });
  const step = (by: number) => {
    const at = all.findIndex((one) => one.id === open?.id);
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (next) show(next.id);
  };
  useCommands([
    {
      id: "conflicts.next",
      title: () => t("next"),
      group: "screen",
      keys: "j",
      run: () => step(1),
    },
    {
      id: "conflicts.previous",
      title: () => t("previous"),
      group: "screen",
      keys: "k",
      run: () => step(-1),
    },
  ]);
  return { view, error, refetch, all, open, show };
}

/** What others changed at an accounting system and a person must decide, each shown three ways. */
export function ConflictsScreen() {
  const { t } = useTranslation("conflicts");
  const { view, error, refetch, all, open, show } = useShown();
  const systemName = useSystemName();
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={view && all.length > 0 && t("sub", { count: all.length })}
        actions={view && view.readings.length > 0 && <ReadButtons view={view} />}
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
      {view && all.length === 0 && <Nothing view={view} />}
      {open && (
        <div className={s.work}>
          <Split>
            <ConflictList all={all} openId={open.id} systemName={systemName} onOpen={show} />
            <ConflictDetail key={open.id} conflict={open} system={systemName(open.system)} />
          </Split>
        </div>
      )}
    </Page>
  );
}

/** Asks each system what changed there, now. */
function ReadButtons({ view }: { view: ConflictsView }) {
  const { t } = useTranslation("conflicts");
  const systemName = useSystemName();
  const read = useReadChanges();
  const press = (connection_id: string) =>
    void read
      .mutateAsync({ connection_id })
      .catch((thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }));
  return view.readings.map((one) => (
    <Button
      key={one.connection_id}
      isBusy={read.isPending && read.variables?.connection_id === one.connection_id}
      onPress={() => press(one.connection_id)}
    >
      {t("read", { system: systemName(one.system) })}
    </Button>
  ));
}

function Nothing({ view }: { view: ConflictsView }) {
  const { t } = useTranslation("conflicts");
  const [first] = view.readings;
  const systemName = useSystemName();
  if (first === undefined)
    return (
      <Unconnected title={t("empty_first")} connect={t("connect")}>
        {t("empty_first_body")}
      </Unconnected>
    );
  return (
    <EmptyState kind="all_done" title={t("empty_title")}>
      {first.read_at ? (
        <>
          {t("read_at", { system: systemName(first.system) })} <Moment of={first.read_at} />
        </>
      ) : (
        t("never_read", { system: systemName(first.system) })
      )}
    </EmptyState>
  );
}
