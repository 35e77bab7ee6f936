import { useTranslation } from "react-i18next";
import { periodName } from "~/domain/periods";
import type { RevenuePart } from "~/ipc/gen/RevenuePart";
import type { RevenueRow } from "~/ipc/gen/RevenueRow";
import { usePreferences } from "~/ui/preferences";
import { Amount, Table, type TableColumn } from "~/ui/primitives";
import { GrowthText } from "./Growth";
import s from "./Reports.module.css";

interface RevenueTableProps {
  part: RevenuePart;
  by: string;
  before: string | undefined;
  onOpen: (row: RevenueRow) => void;
}

/** The rows of revenue with their sums; the name of a row opens its documents. */
export function RevenueTable({ part, by, before, onOpen }: RevenueTableProps) {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  const isTime = by !== "service" && by !== "department";
  const name = (row: RevenueRow) => {
    if (isTime) return periodName(row, language);
    return row.name || t(by === "service" ? "without_service" : "without_department");
  };
  const columns: TableColumn<RevenueRow>[] = [
    {
      id: "name",
      header: t(isTime ? "period" : `by_${by as "service" | "department"}`),
      sum: t("total"),
      cell: (row) => (
        <span className={s.named}>
          <button type="button" className={s.opens} onClick={() => onOpen(row)}>
            {name(row)}
          </button>
          {row.code && <span className="t3 num small">{row.code}</span>}
        </span>
      ),
    },
    {
      id: "share",
      header: t("share"),
      width: "140px",
      cell: (row) => <Share of={row.share} />,
    },
    money("net", t("net"), part.net, (row) => <Amount of={row.net} look="main" />),
  ];
  if (before) {
    columns.push(
      money("before", t("before"), part.net_before, (row) => <Amount of={row.net_before} />),
      money("change", t("change"), part.change, (row) => <Amount of={row.change} />),
      {
        id: "growth",
        header: t("growth"),
        align: "end",
        width: "104px",
        sum: <GrowthText of={part.growth} />,
        cell: (row) => <GrowthText of={row.growth} />,
      },
    );
  } else {
    columns.push(
      money("vat", t("vat"), part.vat, (row) => <Amount of={row.vat} />),
      money("gross", t("gross"), part.gross, (row) => <Amount of={row.gross} />),
    );
  }
  return (
    <Table
      label={t("report_revenue")}
      look="page"
      rows={part.rows}
      rowId={(row) => row.key}
      columns={columns}
    />
  );
}

function money(
  id: string,
  header: string,
  sum: RevenuePart["net"] | null,
  cell: (row: RevenueRow) => React.ReactNode,
): TableColumn<RevenueRow> {
  return { id, header, align: "end", width: "128px", sum: <Amount of={sum} />, cell };
}

const percents = new Intl.NumberFormat("nb-NO", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** A part of the whole as a thin bar and its figure; below nothing there is no bar. */
function Share({ of }: { of: number }) {
  return (
    <span className={s.share}>
      <span className={s.track} aria-hidden>
        <span style={{ width: `${Math.max(0, Math.min(1000, of)) / 10}%` }} />
      </span>
      <span className="num t2 small">{percents.format(of / 10).replace("-", "−")} %</span>
    </span>
  );
}
