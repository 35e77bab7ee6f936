import { useNavigate } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ReportFiles } from "~/app/ReportFiles";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import { DataGrid, sortText, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Page, PageHead } from "~/ui/primitives";
import { AgeBar } from "./AgeBar";
import { AgeingBar } from "./AgeingBar";
import { openStatements } from "./api";
import { departmentColumns } from "./departmentColumns";
import { useAgeingReport } from "./useAgeingReport";

type Report = ReturnType<typeof useAgeingReport>;

/** Who owes how long, as of a day. */
export function AgeingScreen() {
  const { t } = useTranslation("ageing");
  const report = useAgeingReport();
  const { asked, view, query, change } = report;
  const nobody = view?.rows.length === 0 ? t("nobody") : undefined;
  useSearchKey();
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={t("sub")}
        actions={
          <>
            <Button
              icon={Printer}
              disabledReason={nobody}
              onPress={() => void openStatements(asked.as_of)}
            >
              {t("statements")}
            </Button>
            <ReportFiles disabledReason={nobody} of={report.asFile} />
          </>
        }
      />
      <AgeingBar asked={asked} query={query} group={report.group} onChange={change} />
      {view && <AgeBar columns={view.columns} ends={asked.ends} />}
      {report.group === "department" ? (
        <Departments report={report} />
      ) : (
        <Students report={report} />
      )}
    </Page>
  );
}

function Students({ report }: { report: Report }) {
  const { t } = useTranslation("ageing");
  const navigate = useNavigate();
  const { view, query, change } = report;
  return (
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
          <Nobody />
        )
      }
      footLead={
        <span>
          <b>{t("total")}</b> {t("count", { count: view?.rows.length ?? 0 })}
        </span>
      }
    />
  );
}

function Departments({ report }: { report: Report }) {
  const { t } = useTranslation("ageing");
  const { asked, view } = report;
  const columns = useMemo(
    () => departmentColumns(t, asked, view).map((column) => ({ ...column, isSortable: false })),
    [t, asked, view],
  );
  const rows = useLocalRows(view?.departments ?? []);
  return (
    <DataGrid
      label={t("departments")}
      columns={columns}
      rows={{ ...rows, isLoading: report.isLoading }}
      rowId={(row) => row.department_id ?? "none"}
      empty={<Nobody />}
      footLead={
        <span>
          <b>{t("total")}</b> {t("departments_count", { count: view?.departments.length ?? 0 })}
        </span>
      }
    />
  );
}

function Nobody() {
  const { t } = useTranslation("ageing");
  return (
    <EmptyState kind="all_done" title={t("nobody")}>
      {t("nobody_body")}
    </EmptyState>
  );
}
