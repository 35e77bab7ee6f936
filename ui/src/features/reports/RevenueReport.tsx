import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { periodName } from "~/domain/periods";
import { useDesk } from "~/ipc/desk";
import type { RevenuePart } from "~/ipc/gen/RevenuePart";
import type { RevenueRow } from "~/ipc/gen/RevenueRow";
import { ChartPanel, revenueChart } from "~/ui/chart";
import { usePreferences } from "~/ui/preferences";
import { EmptyState, Figure } from "~/ui/primitives";
import { useRevenue } from "./api";
import { GrowthText } from "./Growth";
import { BarSelect, DepartmentSelect, ReportBar } from "./ReportBar";
import { ReportBody } from "./ReportBody";
import s from "./Reports.module.css";
import type { ReportProps } from "./ReportsScreen";
import { RevenueTable } from "./RevenueTable";
import { COMPARES, daysOf, everyOf, REVENUE_BY } from "./search";

type By = (typeof REVENUE_BY)[number];

/** What was invoiced, less what was credited, by service, department or time. */
export function RevenueReport({ search, onChange }: ReportProps) {
  const { t } = useTranslation("reports");
  const { today } = useDesk();
  const { language } = usePreferences();
  const { from, to } = daysOf(search, today);
  const by = everyOf(search) as By;
  const compare = search.compare ?? "none";
  const answer = useRevenue({
    from,
    to,
    by,
    department_id: search.department ?? null,
    compare,
  });
  const before = answer.data?.before;
  return (
    <>
      <ReportBar search={search} onChange={onChange}>
        <BarSelect<By>
          label={t("by")}
          value={by}
          options={REVENUE_BY.map((id) => ({ id, name: t(`by_${id}`) }))}
          onChange={(next) => onChange({ by: next })}
        />
        <BarSelect
          label={t("compare")}
          value={compare}
          options={COMPARES.map((id) => ({ id, name: t(`compare_${id}`) }))}
          onChange={(next) => onChange({ compare: next === "none" ? undefined : next })}
        />
        <DepartmentSelect search={search} onChange={onChange} />
      </ReportBar>
      <ReportBody label={t("report_revenue")} answer={answer} currency={(part) => part.currency}>
        {(part) => (
          <Part
            part={part}
            by={by}
            before={before ? periodName(before, language) : undefined}
            department={search.department}
          />
        )}
      </ReportBody>
    </>
  );
}

interface PartProps {
  part: RevenuePart;
  by: By;
  /** The period compared with. */
  before: string | undefined;
  department: string | undefined;
}

function Part({ part, by, before, department }: PartProps) {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const isTime = by !== "service" && by !== "department";
  const names = { net: t("net"), before: before ?? "" };
  const open = (row: RevenueRow) =>
    void navigate({
      to: "/reports/documents",
      search: {
        from: row.from,
        to: row.to,
        currency: part.currency,
        department: by === "department" ? row.key || "none" : department,
        service: by === "service" ? row.key || "none" : undefined,
        name: isTime ? undefined : row.name || t(`without_${by}`),
      },
    });
  if (part.rows.length === 0) return <EmptyState kind="no_match" title={t("nothing_invoiced")} />;
  return (
    <>
      <div className={s.sums}>
        <Figure label={t("net")} unit={part.currency} value={formatAmount(part.net)} />
        <Figure label={t("vat")} value={formatAmount(part.vat)} />
        <Figure label={t("gross")} value={formatAmount(part.gross)} />
        {before && part.net_before && (
          <>
            <Figure label={t("net_in", { period: before })} value={formatAmount(part.net_before)} />
            <Figure label={t("change")} value={<GrowthText of={part.growth} />} />
          </>
        )}
      </div>
      {isTime && part.rows.length > 1 && (
        <div className={s.picture}>
          <ChartPanel
            title={t("revenue_over_time")}
            sub={t("net")}
            label={t("revenue_over_time")}
            look="bars"
            slotHead={t("period")}
            data={revenueChart(part, names, language)}
            onOpen={({ id }) => {
              const row = part.rows.find((of) => of.key === id);
              if (row) open(row);
            }}
            mostNames={14}
          />
        </div>
      )}
      <RevenueTable part={part} by={by} before={before} onOpen={open} />
    </>
  );
}
