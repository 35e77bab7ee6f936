import { Link, useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { periodName } from "~/domain/periods";
import { placeOf } from "~/domain/places";
import type { TakingPage } from "~/ipc/gen/TakingPage";
import type { TakingRow } from "~/ipc/gen/TakingRow";
import { DataGrid, type GridColumn } from "~/ui/grid";
import { usePreferences } from "~/ui/preferences";
import { Amount, Day, EmptyState, Page, PageHead } from "~/ui/primitives";
import { useTakingRows } from "./api";
import s from "./Reports.module.css";
import { takingsRoute } from "./routes";

const pageOf = (row: TakingRow) => placeOf(row.kind === "refunded" ? "refund" : "payment", row.id);

/** The money behind a figure: what came in, was gone again or was paid back. */
export function TakingsScreen() {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const search = takingsRoute.useSearch();
  const rows = useTakingRows(search);
  const columns = useMemo(() => takingColumns(t, rows.page), [t, rows.page]);
  const days = periodName(search, language);
  return (
    <Page>
      <PageHead
        crumb={
          <Link to="/reports" search={{ report: "takings" }}>
            {t("title")}
          </Link>
        }
        title={search.name ?? t("report_takings")}
        sub={search.desk ? `${days}, ${t("at_desk", { desk: search.desk })}` : days}
      />
      <DataGrid
        label={t("report_takings")}
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.kind} ${row.id}`}
        onOpen={(row) => void navigate({ to: pageOf(row) })}
        empty={<EmptyState kind="no_match" title={t("nothing_taken")} />}
        footLead={<span>{t("money_count", { count: rows.count })}</span>}
      />
    </Page>
  );
}

function takingColumns(
  t: TFunction<"reports">,
  page: TakingPage | undefined,
): GridColumn<TakingRow>[] {
  return [
    { id: "day", header: t("date"), width: 104, cell: (row) => <Day of={row.day} /> },
    {
      id: "kind",
      header: t("kind"),
      width: 128,
      cell: (row) => t(row.kind as "received" | "reversed" | "refunded"),
    },
    {
      id: "student",
      header: t("student"),
      width: 160,
      grow: true,
      isPinned: true,
      cell: (row) => (
        <Link to={pageOf(row)} className={`clip ${s.link}`} tabIndex={-1}>
          {row.student}
        </Link>
      ),
    },
    { id: "method", header: t("method"), width: 144, cell: (row) => row.method_name },
    {
      id: "reference",
      header: t("reference"),
      width: 168,
      givesWay: 1,
      cell: (row) => <span className="t2 num clip">{row.reference}</span>,
    },
    { id: "desk", header: t("desk"), width: 64, givesWay: 2, cell: (row) => row.desk },
    {
      id: "amount",
      header: t("amount"),
      width: 128,
      align: "end",
      sum: page && <Amount of={page.amount} />,
      cell: (row) => <Amount of={row.amount} look="main" />,
    },
  ];
}
