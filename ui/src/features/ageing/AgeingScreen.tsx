import { useNavigate } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ReportFiles } from "~/app/ReportFiles";
import { useSearchKey } from "~/commands/searchKey";
import { goTo, placeOf } from "~/domain/places";
import { DataGrid, sortText, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Page, PageHead, Toolbar } from "~/ui/primitives";
import { AgeBar } from "./AgeBar";
import { AgeingBar } from "./AgeingBar";
import { openStatements, underHeads, useAgeingByPayer } from "./api";
import { DepartmentChip } from "./Chips";
import { departmentColumns, studentsOf } from "./departmentColumns";
import { askedPlace, payerColumns } from "./payerColumns";
import { useAgeingReport } from "./useAgeingReport";

type Report = ReturnType<typeof useAgeingReport>;

/** Who owes how long, as of a day. */
export function AgeingScreen() {
  const { t } = useTranslation("ageing");
  const report = useAgeingReport();
  const { asked, view, query, change } = report;
  const nobody = view?.people === 0 ? t("nobody") : undefined;
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
              onPress={() => void openStatements(asked.as_of, asked.department)}
            >
              {t("statements")}
            </Button>
            <ReportFiles disabledReason={nobody} of={report.asFile} />
          </>
        }
      />
      <AgeingBar asked={asked} query={query} group={report.group} onChange={change} />
      {view && <AgeBar columns={view.columns} ends={asked.ends} />}
      {report.department && (
        <Toolbar label={t("narrowed")}>
          <DepartmentChip
            id={report.department}
            onRemove={() => change({ department: undefined })}
          />
        </Toolbar>
      )}
      <Rows report={report} />
    </Page>
  );
}

function Rows({ report }: { report: Report }) {
  if (report.group === "department") return <Departments report={report} />;
  if (report.group === "payer") return <Payers report={report} />;
  return <Students report={report} />;
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
      empty={<NoRows query={query} onClear={() => change({ query: undefined })} />}
      footLead={
        <span>
          <b>{t("total")}</b> {t("count", { count: view?.people ?? 0 })}
        </span>
      }
    />
  );
}

function Departments({ report }: { report: Report }) {
  const { t } = useTranslation("ageing");
  const { asked, view } = report;
  const navigate = useNavigate();
  const columns = useMemo(
    () => departmentColumns(t, asked, view).map((column) => ({ ...column, isSortable: false })),
    [t, asked, view],
  );
  const rows = useLocalRows(view?.departments ?? []);
  return (
    <DataGrid
      label={t("departments")}
      columns={columns}
      rows={{ ...rows, isLoading: report.rows.isLoading }}
      rowId={(row) => row.department_id ?? "none"}
      onOpen={(row) => void navigate({ to: "/ageing", search: studentsOf(asked, row) })}
      empty={<Nobody />}
      footLead={
        <span>
          <b>{t("total")}</b> {t("departments_count", { count: view?.departments.length ?? 0 })}
        </span>
      }
    />
  );
}

/** By who is asked to pay: payers, and students where nobody else pays. */
function Payers({ report }: { report: Report }) {
  const { t } = useTranslation("ageing");
  const { asked, question, query, sort, change } = report;
  const { view, rows } = underHeads(useAgeingByPayer(question, { query, sort }), asked.ends);
  const columns = useMemo(() => payerColumns(t, asked, view), [t, asked, view]);
  return (
    <DataGrid
      label={t("payers")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.payer_id ?? row.student_id ?? ""}
      sort={sort}
      onSort={(next) => change({ sort: sortText(next) })}
      onOpen={(row) => goTo(askedPlace(row))}
      empty={<NoRows query={query} onClear={() => change({ query: undefined })} />}
      footLead={
        <span>
          <b>{t("total")}</b> {t("payers_count", { count: view?.people ?? 0 })}
        </span>
      }
    />
  );
}

function NoRows({ query, onClear }: { query: string; onClear: () => void }) {
  const { t } = useTranslation("ageing");
  if (query === "") return <Nobody />;
  return (
    <EmptyState
      kind="no_match"
      title={t("no_match", { query })}
      action={<Button onPress={onClear}>{t("clear")}</Button>}
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
