import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import { DataGrid, sortText } from "~/ui/grid";
import { Button, EmptyState, Page, PageHead } from "~/ui/primitives";
import { AgeBar } from "./AgeBar";
import { AgeingBar } from "./AgeingBar";
import { useAgeingReport } from "./useAgeingReport";

/** Who owes how long, as of a day. */
export function AgeingScreen() {
  const { t } = useTranslation("ageing");
  const navigate = useNavigate();
  const report = useAgeingReport();
  const { asked, view, query, change } = report;
  useSearchKey();
  return (
    <Page>
      <PageHead title={t("title")} sub={t("sub")} />
      <AgeingBar asked={asked} query={query} onChange={change} />
      {view && <AgeBar columns={view.columns} ends={asked.ends} />}
      <DataGrid
        label={t("title")}
        columns={report.columns}
        rows={report.rows}
        rowId={(row) => row.student_id}
        sort={report.sort}
        onSort={(next) => change({ sort: sortText(next) })}
        onOpen={(row) => void navigate({ to: placeOf("student", row.student_id) })}
        empty={
          query ? (
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
