import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import { faultText } from "~/ipc/errors";
import type { AgeingStudent } from "~/ipc/gen/AgeingStudent";
import { DataGrid, type SortBy, sortFrom, sortText, useLocalRows } from "~/ui/grid";
import {
  BarRule,
  Button,
  DateField,
  EmptyState,
  Page,
  PageHead,
  SearchField,
  Segmented,
  Toolbar,
} from "~/ui/primitives";
import { AgeBar } from "./AgeBar";
import s from "./Ageing.module.css";
import { useAgeing } from "./api";
import { BucketEditor } from "./BucketEditor";
import { ageingColumns } from "./columns";
import {
  type AgeBy,
  type AgeingSearch,
  bucketsFrom,
  bucketsText,
  DEFAULT_BUCKETS,
} from "./question";
import { ageingRoute } from "./routes";
import { sorted } from "./sorted";

const LARGEST: SortBy = { column: "balance", direction: "descending" };
const NONE: readonly AgeingStudent[] = [];

/** Who owes how long, as of a day. */
export function AgeingScreen() {
  const { t } = useTranslation("ageing");
  const navigate = useNavigate();
  const { today } = useDesk();
  const search = ageingRoute.useSearch();
  const change = (next: Partial<AgeingSearch>) =>
    void navigate({ to: "/ageing", search: { ...search, ...next }, replace: true });
  const as_of = search.as_of ?? today;
  const by: AgeBy = search.by ?? "due";
  const ends = useMemo(() => bucketsFrom(search.buckets) ?? [...DEFAULT_BUCKETS], [search.buckets]);
  const sort = useMemo(() => sortFrom(search.sort, LARGEST), [search.sort]);
  const query = search.query ?? "";
  const answer = useAgeing({ as_of, by, buckets: ends, department_id: null });
  // An answer of other limits would stand under wrong heads.
  const view = answer.data?.buckets.join() === ends.join() ? answer.data : undefined;
  const rows = useMemo(() => sorted(view?.rows ?? NONE, query, sort), [view, query, sort]);
  const local = useLocalRows(rows);
  const held = { ...local, isLoading: answer.isPending, error: view ? null : answer.error };
  const columns = useMemo(
    () => ageingColumns(t, { as_of, by, ends }, view),
    [t, as_of, by, ends, view],
  );
  useSearchKey();
  return (
    <Page>
      <PageHead title={t("title")} sub={t("sub")} />
      <Toolbar label={t("settings")}>
        <span className={s.asOf} aria-hidden>
          {t("as_of")}
        </span>
        <div className={s.date}>
          <DateField
            label={t("as_of")}
            hideLabel
            today={today}
            value={as_of}
            onChange={(day) => day && change({ as_of: day === today ? undefined : day })}
          />
        </div>
        <Segmented<AgeBy>
          label={t("by")}
          value={by}
          options={[
            { id: "due", name: t("by_due") },
            { id: "issue", name: t("by_issue") },
          ]}
          onChange={(next) => change({ by: next === "issue" ? next : undefined })}
        />
        <BarRule />
        <BucketEditor ends={ends} onChange={(next) => change({ buckets: bucketsText(next) })} />
        <div className={s.search}>
          <SearchField
            label={t("search")}
            placeholder={t("search")}
            value={query}
            onChange={(text) => change({ query: text || undefined })}
          />
        </div>
      </Toolbar>
      {view && <AgeBar columns={view.columns} ends={ends} />}
      <DataGrid
        label={t("title")}
        columns={columns}
        rows={held}
        rowId={(row) => row.student_id}
        sort={sort}
        onSort={(next) => change({ sort: sortText(next) })}
        onOpen={(row) => void navigate({ to: placeOf("student", row.student_id) })}
        empty={
          answer.error ? (
            <EmptyState kind="no_match" title={faultText(answer.error.fault)} />
          ) : query ? (
            <EmptyState
              kind="no_match"
              title={t("no_match", { query })}
              action={<Button onPress={() => change({ query: undefined })}>{t("clear")}</Button>}
            />
          ) : (
            <EmptyState kind="all_done" title={t("nobody")}>
              {t("nobody_body")}
            </EmptyState>
          )
        }
        footLead={
          <span>
            <b>{t("total")}</b> {t("count", { count: view?.rows.length ?? 0 })}
          </span>
        }
      />
    </Page>
  );
}
