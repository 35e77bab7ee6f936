import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { RunPreview } from "~/ipc/gen/RunPreview";
import { useDone } from "~/ipc/hooks";
import { ALL_SELECTED, DataGrid, type GridSelection, useLocalRows } from "~/ui/grid";
import {
  ActionBar,
  Amount,
  Button,
  EmptyState,
  Note,
  Page,
  PageHead,
  Progress,
} from "~/ui/primitives";
import { useCancelRun, useIssueRun, usePreview, useStatus } from "./api";
import s from "./Charges.module.css";
import { EarlierRuns } from "./EarlierRuns";
import { previewColumns } from "./previewColumns";
import { RunFields } from "./RunFields";
import { newRunRoute } from "./routes";
import { dueOf, exceptOf, type RunForm, wishOf } from "./wish";

const FIELDS = ["issue_date", "due_date"];
const NONE: RunPreview["rows"] = [];

/** Which charges, looked at as the invoices they will be, and then issued all at once. */
export function RunScreen() {
  const { t } = useTranslation("charges");
  const run = useRunWork();
  const { preview, issue, progress } = run;
  const data = preview.data;
  const shown = useLocalRows(data?.rows ?? NONE);
  const refused = fieldFaults(issue.error ?? preview.error, FIELDS);
  const columns = useMemo(() => previewColumns(t, data && <Amount of={data.gross} />), [t, data]);
  return (
    <Page>
      <PageHead
        crumb={<Link to="/charges">{t("title")}</Link>}
        title={t("run")}
        sub={t("run_sub")}
        actions={<EarlierRuns />}
      />
      <RunFields
        form={run.form}
        due={run.due}
        search={run.search}
        errorAt={(field) => refused.at[field]}
        onForm={run.changeForm}
        onSearch={run.changeSearch}
      />
      {refused.elsewhere && (
        <div className={s.trouble}>
          <Note tone="danger">{refused.elsewhere}</Note>
        </div>
      )}
      <DataGrid
        label={t("preview")}
        columns={columns}
        rows={{ ...shown, isLoading: preview.isPending }}
        rowId={(row) => row.id}
        selection={run.selection}
        onSelect={run.setSelection}
        empty={<EmptyState kind="all_done" title={t("pool_empty")} />}
        footLead={
          data && (
            <span>
              {t("will_issue", { count: data.invoices })}
              {data.skipped > 0 && ` · ${t("will_skip", { count: data.skipped })}`}
            </span>
          )
        }
      />
      {issue.isPending ? (
        <div className={s.progress}>
          <Progress
            label={t("issuing")}
            done={progress?.done ?? 0}
            total={progress?.total ?? data?.invoices ?? 0}
            countText={progress ? t("issued_of", { ...progress }) : undefined}
            detail={t("can_leave")}
            onCancel={progress ? run.cancel : undefined}
          />
        </div>
      ) : (
        <ActionBar
          actions={
            <Button
              size="form"
              variant="primary"
              isBusy={preview.isPlaceholderData}
              disabledReason={data && data.invoices > 0 ? undefined : t("nothing_to_issue")}
              onPress={run.start}
            >
              {t("issue", { count: data?.invoices ?? 0 })}
            </Button>
          }
        >
          <span className={`t2 ${s.aside}`}>{t("issue_note")}</span>
        </ActionBar>
      )}
    </Page>
  );
}

/** A run from its wish, over its preview, to being issued. */
function useRunWork() {
  const navigate = useNavigate();
  const search = newRunRoute.useSearch();
  const status = useStatus();
  const [form, setForm] = useState<RunForm>(() => ({
    id: crypto.randomUUID(),
    issueDate: null,
    dueDate: null,
    overdueDays: null,
    leaveOutBlocked: false,
  }));
  const today = status?.today;
  useEffect(() => {
    // The desk's own calendar decides what today is.
    if (today) setForm((f) => (f.issueDate === null ? { ...f, issueDate: today } : f));
  }, [today]);
  const [selection, setSelection] = useState<GridSelection>(ALL_SELECTED);
  const [known, setKnown] = useState<readonly string[]>([]);
  const terms = status?.school?.terms_days ?? 14;
  const wish = wishOf(form, search, terms, exceptOf(selection, known));
  const preview = usePreview(wish);
  const rows = preview.data?.rows;
  useEffect(() => {
    if (rows) setKnown(rows.map((row) => row.id));
  }, [rows]);
  const issue = useIssueRun();
  const stop = useCancelRun();
  function start() {
    if (wish === null || preview.data === undefined) return;
    const seen = { invoices: preview.data.invoices, gross: preview.data.gross.amount };
    issue.mutate(
      { wish, ...seen },
      {
        onSuccess: ({ run }) =>
          void navigate({ to: "/charges/run/$id", params: { id: run.id }, replace: true }),
      },
    );
  }
  return {
    form,
    due: dueOf(form, terms),
    search,
    selection,
    setSelection,
    preview,
    issue,
    start,
    progress: useDone("run"),
    cancel: () => stop.mutate({ id: form.id }),
    changeForm: (change: Partial<RunForm>) => setForm((f) => ({ ...f, ...change })),
    changeSearch: useAddressChange<typeof search>(),
  };
}
