import { Link, useNavigate } from "@tanstack/react-router";
import { FileDown, Printer } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { useCommands } from "~/commands/registry";
import type { IsoDate } from "~/domain/dates";
import { placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import { faultText } from "~/ipc/errors";
import type { StatementFile } from "~/ipc/gen/StatementFile";
import type { StatementView } from "~/ipc/gen/StatementView";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Page, PageHead, UnreadPage } from "~/ui/primitives";
import { payerStatementRoute, statementRoute } from "../routes";
import { Ages } from "./Ages";
import { openStatements, usePayerStatement, useStatement } from "./api";
import { type Line, linesOf, statementColumns } from "./columns";
import { type Period, periodOf, type StatementSearch, type StatementStyle } from "./period";
import { StatementBar } from "./StatementBar";
import { Sums } from "./Sums";

/** A student's statement of account over a period. */
export function StatementScreen() {
  const { t } = useTranslation("students");
  const { id } = statementRoute.useParams();
  const search = statementRoute.useSearch();
  const { today } = useDesk();
  const asked = askedBy(search, today);
  const answer = useStatement({ student_id: id, ...asked });
  const change = useAddressChange<StatementSearch>();
  return (
    <Statement
      answer={answer}
      crumb={<Link to="/students">{t("title")}</Link>}
      place={placeOf("student", id)}
      again={
        <Link to="/students/$id/statement" params={{ id }}>
          {t("statement_again")}
        </Link>
      }
      asked={asked}
      file={{ payer_id: null, student_ids: [id] }}
      onChange={change}
    />
  );
}

/** What a payer was asked for, of all its students, and the money set against that. */
export function PayerStatementScreen() {
  const { t } = useTranslation(["students", "payers"]);
  const { id } = payerStatementRoute.useParams();
  const search = payerStatementRoute.useSearch();
  const { today } = useDesk();
  const asked = askedBy(search, today);
  const answer = usePayerStatement({ payer_id: id, ...asked });
  const change = useAddressChange<StatementSearch>();
  return (
    <Statement
      answer={answer}
      crumb={<Link to="/payers">{t("payers:title")}</Link>}
      place={placeOf("payer", id)}
      again={
        <Link to="/payers/$id/statement" params={{ id }}>
          {t("statement_again")}
        </Link>
      }
      asked={asked}
      file={{ payer_id: id, student_ids: [] }}
      onChange={change}
    />
  );
}

interface Asked extends Period {
  style: StatementStyle;
}

function askedBy(search: StatementSearch, today: IsoDate): Asked {
  return { ...periodOf(search, today), style: search.style ?? "activity" };
}

interface StatementProps {
  answer: ReturnType<typeof useStatement>;
  /** The list it belongs to, and the page of whoever it is about. */
  crumb: ReactNode;
  place: string;
  /** The way back from a period that is refused. */
  again: ReactNode;
  asked: Asked;
  file: Pick<StatementFile, "payer_id" | "student_ids">;
  onChange: (next: StatementSearch) => void;
}

function Statement({ answer, crumb, place, again, asked, file, onChange }: StatementProps) {
  const { t } = useTranslation("students");
  const { today } = useDesk();
  // A refused period keeps its fields, so that it can be mended where it stands.
  const view = answer.data;
  if (!view)
    return (
      <UnreadPage
        crumb={crumb}
        title={t("statement")}
        fault={answer.error ? faultText(answer.error.fault) : undefined}
        action={again}
      />
    );
  return (
    <Page>
      <PageHead
        crumb={
          <>
            {crumb} / <Link to={place}>{view.name}</Link>
          </>
        }
        title={t("statement")}
        sub={view.number}
        actions={<Verbs file={file} asked={asked} />}
      />
      <StatementBar period={asked} style={asked.style} today={today} onChange={onChange} />
      <Sums view={view} />
      <Lines view={view} />
      <Ages view={view} />
    </Page>
  );
}

function Lines({ view }: { view: StatementView }) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const rows = useLocalRows(useMemo(() => linesOf(view), [view]));
  const columns = useMemo(() => statementColumns(t, view), [t, view]);
  const open = (line: Line) => line.id && void navigate({ to: placeOf(line.kind, line.id) });
  return (
    <DataGrid
      label={t(view.style === "open" ? "open_items" : "statement")}
      columns={columns}
      rows={rows}
      rowId={(line) => line.key}
      onOpen={open}
      onPeek={open}
      empty={<EmptyState kind="all_done" title={t("nothing_open")} />}
      footLead={<span>{t("entries", { count: view.rows.length })}</span>}
    />
  );
}

function Verbs({ file, asked }: Pick<StatementProps, "file" | "asked">) {
  const { t } = useTranslation("students");
  const make = (format: "pdf" | "csv") =>
    void openStatements({ ...file, ...asked, department_id: null, format });
  useCommands([
    {
      id: "statement.print",
      title: () => t("statement_pdf"),
      group: "screen",
      keys: "p",
      run: () => make("pdf"),
    },
  ]);
  return (
    <>
      <Button variant="quiet" icon={FileDown} onPress={() => make("csv")}>
        {t("statement_csv")}
      </Button>
      <Button variant="primary" icon={Printer} keys="p" onPress={() => make("pdf")}>
        {t("statement_pdf")}
      </Button>
    </>
  );
}
