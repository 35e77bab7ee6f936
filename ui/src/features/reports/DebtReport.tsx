import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import type { DebtPart } from "~/ipc/gen/DebtPart";
import type { DebtPoint } from "~/ipc/gen/DebtPoint";
import { ChartPanel, debtChart } from "~/ui/chart";
import { usePreferences } from "~/ui/preferences";
import { Amount, Day, EmptyState, Table } from "~/ui/primitives";
import { useDebt } from "./api";
import { BarSelect, ReportBar } from "./ReportBar";
import { ReportBody } from "./ReportBody";
import s from "./Reports.module.css";
import type { ReportProps } from "./ReportsScreen";
import { DEBT_EVERY, daysOf, everyOf } from "./search";

type Every = (typeof DEBT_EVERY)[number];

/** What was open and overdue at the end of each part; a day opens its ageing. */
export function DebtReport({ search, onChange }: ReportProps) {
  const { t } = useTranslation("reports");
  const { today } = useDesk();
  const { from, to } = daysOf(search, today);
  const every = everyOf(search) as Every;
  const answer = useDebt({ from, to, every });
  return (
    <>
      <ReportBar search={search} onChange={onChange}>
        <BarSelect<Every>
          label={t("every")}
          value={every}
          options={DEBT_EVERY.map((id) => ({ id, name: t(`every_${id}`) }))}
          onChange={(next) => onChange({ every: next })}
        />
      </ReportBar>
      <ReportBody label={t("report_debt")} answer={answer} currency={(part) => part.currency}>
        {(part) => <Part part={part} />}
      </ReportBody>
    </>
  );
}

function Part({ part }: { part: DebtPart }) {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const open = (as_of: string) => void navigate({ to: "/ageing", search: { as_of } });
  if (part.points.length === 0) return <EmptyState kind="no_match" title={t("in_future")} />;
  const newest = part.points.toReversed();
  return (
    <>
      {part.points.length > 1 && (
        <div className={s.picture}>
          <ChartPanel
            title={t("debt_over_time")}
            label={t("debt_over_time")}
            look="lines"
            slotHead={t("day")}
            data={debtChart(part, { open: t("open"), overdue: t("overdue") }, language)}
            onOpen={({ id }) => open(id)}
            mostNames={12}
          />
        </div>
      )}
      <Table<DebtPoint>
        label={t("report_debt")}
        look="page"
        rows={newest}
        rowId={(point) => point.day}
        columns={[
          {
            id: "day",
            header: t("at_end_of"),
            cell: ({ day }) => (
              <button type="button" className={s.opens} onClick={() => open(day)}>
                <Day of={day} look="long" />
              </button>
            ),
          },
          {
            id: "open",
            header: t("open"),
            align: "end",
            width: "160px",
            cell: (point) => <Amount of={point.open} look="main" />,
          },
          {
            id: "overdue",
            header: t("overdue"),
            align: "end",
            width: "160px",
            cell: (point) => <Amount of={point.overdue} look="late" />,
          },
        ]}
      />
    </>
  );
}
