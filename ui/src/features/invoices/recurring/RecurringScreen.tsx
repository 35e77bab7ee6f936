import { Link, useNavigate } from "@tanstack/react-router";
import { CalendarCheck2, History, Plus, Repeat } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import type { RecurringList } from "~/ipc/gen/RecurringList";
import type { RecurringRow } from "~/ipc/gen/RecurringRow";
import { useMay } from "~/ipc/session";
import { DataGrid, useLocalRows } from "~/ui/grid";
import {
  Banner,
  Button,
  Day,
  EmptyState,
  Page,
  PageHead,
  Segmented,
  Toolbar,
} from "~/ui/primitives";
import { recurringRoute } from "../routes";
import { useRecurringList } from "./api";
import { recurringColumns } from "./columns";
import { LastDialog, MakeDialog } from "./Dialogs";
import { SHELVES, type Shelf, shelfOf } from "./shelves";

const NONE: readonly RecurringRow[] = [];
const NEW = "/invoices/recurring/new";

/** Invoices that come again: when next, for whom, and what the last run made. */
export function RecurringScreen() {
  const { t } = useTranslation("recurring");
  const navigate = useNavigate();
  const { shelf = "running" } = recurringRoute.useSearch();
  const answer = useRecurringList();
  const [isMaking, setMaking] = useState(false);
  const list = answer.data;
  const all = list?.rows ?? NONE;
  const shown = useMemo(() => all.filter((row) => shelfOf(row) === shelf), [all, shelf]);
  const rows = {
    ...useLocalRows(shown),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(() => recurringColumns(t), [t]);
  const open = ({ template }: RecurringRow) =>
    void navigate({ to: "/invoices/recurring/$id", params: { id: template.id } });
  return (
    <Page>
      <PageHead
        crumb={<Link to="/invoices">{t("invoices")}</Link>}
        title={t("title")}
        actions={<Verbs list={list} />}
      />
      {list && list.due.length > 0 && <Due list={list} onMake={() => setMaking(true)} />}
      <Toolbar label={t("which")}>
        <Segmented<Shelf>
          label={t("which")}
          value={shelf}
          options={SHELVES.map((id) => ({ id, name: t(`shelf_${id}`) }))}
          onChange={(next) =>
            void navigate({
              to: "/invoices/recurring",
              search: { shelf: next === "running" ? undefined : next },
              replace: true,
            })
          }
        />
      </Toolbar>
      <DataGrid
        label={t("title")}
        name="recurring"
        columns={columns}
        rows={rows}
        rowId={(row) => row.template.id}
        onOpen={open}
        onPeek={open}
        empty={<Empty hasAny={all.length > 0} />}
        footLead={<span>{t("count", { count: shown.length })}</span>}
      />
      {isMaking && list && <MakeDialog due={list.due} onClose={() => setMaking(false)} />}
    </Page>
  );
}

/** What has come waits for a person only until the next day begins. */
function Due({ list, onMake }: { list: RecurringList; onMake: () => void }) {
  const { t } = useTranslation("recurring");
  const mayWork = useMay("work");
  const invoices = list.due.reduce((sum, row) => sum + row.invoices, 0);
  return (
    <Banner
      tone="info"
      icon={CalendarCheck2}
      title={t("due_title", { count: invoices })}
      actions={
        mayWork && (
          <Button size="small" onPress={onMake}>
            {t("look_and_make")}
          </Button>
        )
      }
    >
      {t("due_body", { count: invoices })}
    </Banner>
  );
}

/** What the last run made, and a new template. */
function Verbs({ list }: { list: RecurringList | undefined }) {
  const { t } = useTranslation("recurring");
  const navigate = useNavigate();
  const mayWork = useMay("work");
  const [isShown, setShown] = useState(false);
  const create = () => void navigate({ to: NEW });
  useCommands([
    {
      id: "recurring.new",
      title: () => t("new"),
      group: "screen",
      keys: "c",
      icon: Repeat,
      when: () => mayWork,
      run: create,
    },
  ]);
  return (
    <>
      {list?.last_on && (
        <Button variant="quiet" icon={History} onPress={() => setShown(true)}>
          {t("last_run")} <Day of={list.last_on} />
        </Button>
      )}
      {mayWork && (
        <Button variant="primary" icon={Plus} keys="c" onPress={create}>
          {t("new")}
        </Button>
      )}
      {isShown && list?.last_on && (
        <LastDialog on={list.last_on} made={list.last} onClose={() => setShown(false)} />
      )}
    </>
  );
}

function Empty({ hasAny }: { hasAny: boolean }) {
  const { t } = useTranslation("recurring");
  const navigate = useNavigate();
  const mayWork = useMay("work");
  if (hasAny) return <EmptyState kind="all_done" title={t("none_here")} />;
  return (
    <EmptyState
      kind="first_use"
      title={t("first")}
      action={
        mayWork && (
          <Button variant="primary" icon={Plus} keys="c" onPress={() => void navigate({ to: NEW })}>
            {t("new")}
          </Button>
        )
      }
    >
      {t("first_body")}
    </EmptyState>
  );
}
