import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import type { RecurringDate } from "~/ipc/gen/RecurringDate";
import type { RecurringDue } from "~/ipc/gen/RecurringDue";
import type { RecurringMade } from "~/ipc/gen/RecurringMade";
import { Amount, Day, Pill, Table } from "~/ui/primitives";
import { documentPath } from "../paths";

function Sum({ of }: { of: RecurringDate["gross"] }) {
  const { currency } = useDesk();
  if (!of) return <span className="t3">–</span>;
  return <Amount of={of} withCurrency={of.currency !== currency} />;
}

const Name = ({ of }: { of: string }) => (
  <div className="clip" title={of}>
    {of}
  </div>
);

interface DatesTableProps {
  dates: readonly RecurringDate[];
  look?: "page" | "panel";
}

/** What comes next, and what has come already and waits to be made. */
export function DatesTable({ dates, look = "panel" }: DatesTableProps) {
  const { t } = useTranslation("recurring");
  return (
    <Table
      label={t("dates")}
      look={look}
      rows={dates}
      rowId={(row) => row.date}
      columns={[
        {
          id: "date",
          header: t("date"),
          cell: (row) => (
            <span className="row">
              <Day of={row.date} look={look === "page" ? "long" : "row"} />
              {row.due && (
                <Pill tone="info" shape="clock">
                  {t("now")}
                </Pill>
              )}
            </span>
          ),
        },
        {
          id: "gross",
          header: t("sum"),
          align: "end",
          width: look === "page" ? "128px" : "92px",
          cell: (row) => <Sum of={row.gross} />,
        },
      ]}
    />
  );
}

/** What would be made now, oldest first. */
export function DueTable({ due }: { due: readonly RecurringDue[] }) {
  const { t } = useTranslation("recurring");
  return (
    <Table
      label={t("has_come")}
      rows={due}
      rowId={(row) => `${row.recurring_id} ${row.date}`}
      columns={[
        { id: "date", header: t("date"), width: "92px", cell: (row) => <Day of={row.date} /> },
        {
          id: "name",
          header: t("name"),
          cell: (row) => (
            <>
              <Name of={row.name} />
              <span className="t2">
                {t(row.issue ? "will_issue" : "count_drafts", { count: row.invoices })}
              </span>
            </>
          ),
        },
        {
          id: "missed",
          header: <span className="sr">{t("missed")}</span>,
          width: "88px",
          cell: (row) =>
            row.missed ? (
              <Pill tone="warning" shape="clock">
                {t("missed")}
              </Pill>
            ) : null,
        },
        {
          id: "gross",
          header: t("sum"),
          align: "end",
          width: "112px",
          cell: (row) => <Sum of={row.gross} />,
        },
      ]}
    />
  );
}

interface MadeTableProps {
  made: readonly RecurringMade[];
  /** Of one template its name says nothing. */
  withName?: boolean;
  look?: "page" | "panel";
}

/** What was made, and what became of it. */
export function MadeTable({ made, withName, look = "panel" }: MadeTableProps) {
  const { t } = useTranslation("recurring");
  return (
    <Table
      label={t("made")}
      look={look}
      rows={made}
      rowId={(row) => row.document_id}
      columns={[
        { id: "date", header: t("date"), width: "84px", cell: (row) => <Day of={row.date} /> },
        ...(withName
          ? [
              {
                id: "name",
                header: t("name"),
                cell: (row: RecurringMade) => <Name of={row.name} />,
              },
            ]
          : []),
        { id: "student", header: t("student"), cell: (row) => <Name of={row.student} /> },
        {
          id: "what",
          header: t("document"),
          width: "168px",
          cell: (row) => <Document row={row} />,
        },
        {
          id: "gross",
          header: t("sum"),
          align: "end",
          width: "112px",
          cell: (row) => <Sum of={row.gross} />,
        },
      ]}
    />
  );
}

function Document({ row }: { row: RecurringMade }) {
  const { t } = useTranslation("recurring");
  if (row.kind === "gone") return <span className="t3">{t("thrown_away")}</span>;
  return (
    <span className="row">
      <Link to={documentPath(row.kind, row.document_id)} className="num">
        {row.number || t("draft")}
      </Link>
      {row.kept_back && (
        <Pill tone="danger" shape="alert">
          {t("kept_back")}
        </Pill>
      )}
    </span>
  );
}
