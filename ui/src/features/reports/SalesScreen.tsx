import { Link, useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { periodName } from "~/domain/periods";
import { placeOf } from "~/domain/places";
import type { SalePage } from "~/ipc/gen/SalePage";
import type { SaleRow } from "~/ipc/gen/SaleRow";
import { DataGrid, type GridColumn } from "~/ui/grid";
import { usePreferences } from "~/ui/preferences";
import { Amount, Day, EmptyState, Page, PageHead } from "~/ui/primitives";
import { useSales } from "./api";
import s from "./Reports.module.css";
import { salesRoute } from "./routes";

/** The documents behind a figure, each with what it brings to it. */
export function SalesScreen() {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const search = salesRoute.useSearch();
  const rows = useSales(search);
  const columns = useMemo(() => saleColumns(t, rows.page), [t, rows.page]);
  const open = (row: SaleRow) => void navigate({ to: placeOf(row.kind, row.id) });
  return (
    <Page>
      <PageHead
        crumb={<Link to="/reports">{t("title")}</Link>}
        title={search.name ?? t("documents")}
        sub={periodName(search, language)}
      />
      <DataGrid
        label={t("documents")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={open}
        empty={<EmptyState kind="no_match" title={t("nothing_invoiced")} />}
        footLead={<span>{t("documents_count", { count: rows.count })}</span>}
      />
    </Page>
  );
}

function saleColumns(t: TFunction<"reports">, page: SalePage | undefined): GridColumn<SaleRow>[] {
  const money = (id: "net" | "vat" | "gross"): GridColumn<SaleRow> => ({
    id,
    header: t(id),
    width: 128,
    align: "end",
    sum: page && <Amount of={page[id]} />,
    cell: (row) => <Amount of={row[id]} look={id === "net" ? "main" : "plain"} />,
  });
  return [
    {
      id: "number",
      header: t("number"),
      width: 112,
      isPinned: true,
      cell: (row) => (
        <Link to={placeOf(row.kind, row.id)} className={`num ${s.link}`} tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    {
      id: "kind",
      header: t("kind"),
      width: 112,
      givesWay: 1,
      cell: (row) => (
        <span className="t2">
          {t(row.kind === "credit_note" ? "kind_credit_note" : "kind_invoice")}
        </span>
      ),
    },
    { id: "date", header: t("date"), width: 104, cell: (row) => <Day of={row.issue_date} /> },
    {
      id: "student",
      header: t("student"),
      width: 160,
      grow: true,
      leadsOn: true,
      cell: (row) => (
        <Link to={placeOf("student", row.student_id)} className={`clip ${s.link}`} tabIndex={-1}>
          {row.student}
        </Link>
      ),
    },
    money("net"),
    money("vat"),
    money("gross"),
  ];
}
