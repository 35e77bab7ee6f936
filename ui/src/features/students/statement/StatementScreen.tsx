import { Link, useNavigate } from "@tanstack/react-router";
import { FileDown, Printer } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import { faultText } from "~/ipc/errors";
import type { StatementView } from "~/ipc/gen/StatementView";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Page, PageHead, UnreadPage } from "~/ui/primitives";
import { statementRoute } from "../routes";
import { Ages } from "./Ages";
import { openStatements, useStatement } from "./api";
import { type Line, linesOf, statementColumns } from "./columns";
import { periodOf, type StatementSearch } from "./period";
import { StatementBar } from "./StatementBar";
import { Sums } from "./Sums";

/** A student's statement of account over a period. */
export function StatementScreen() {
  const { t } = useTranslation("students");
  const { id } = statementRoute.useParams();
  const search = statementRoute.useSearch();
  const { today } = useDesk();
  const navigate = useNavigate();
  const style = search.style ?? "activity";
  const period = periodOf(search, today);
  const answer = useStatement({ student_id: id, ...period, style });
  const change = (next: StatementSearch) =>
    void navigate({
      to: "/students/$id/statement",
      params: { id },
      search: { ...search, ...next },
      replace: true,
    });
  // A refused period keeps its fields, so that it can be mended where it stands.
  const view = answer.data;
  if (!view)
    return (
      <UnreadPage
        crumb={<Link to="/students">{t("title")}</Link>}
        title={t("statement")}
        fault={answer.error ? faultText(answer.error.fault) : undefined}
        action={
          <Link to="/students/$id/statement" params={{ id }}>
            {t("statement_again")}
          </Link>
        }
      />
    );
  return (
    <Page>
      <PageHead
        crumb={
          <>
            <Link to="/students">{t("title")}</Link> /{" "}
            <Link to={placeOf("student", id)}>{view.name}</Link>
          </>
        }
        title={t("statement")}
        sub={view.number}
        actions={<Verbs id={id} from={period.from} to={period.to} style={style} />}
      />
      <StatementBar period={period} style={style} today={today} onChange={change} />
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

interface VerbsProps {
  id: string;
  from: string | null;
  to: string;
  style: string;
}

function Verbs({ id, from, to, style }: VerbsProps) {
  const { t } = useTranslation("students");
  const make = (format: "pdf" | "csv") =>
    void openStatements({ student_ids: [id], department_id: null, from, to, style, format });
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
