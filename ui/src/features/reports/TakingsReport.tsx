import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { periodName } from "~/domain/periods";
import { useDesk } from "~/ipc/desk";
import type { TakingsPart } from "~/ipc/gen/TakingsPart";
import { ChartPanel, takingsChart } from "~/ui/chart";
import { usePreferences } from "~/ui/preferences";
import { Amount, EmptyState, Figure, Switch, Table } from "~/ui/primitives";
import { useTakings } from "./api";
import { BarSelect, ReportBar } from "./ReportBar";
import { ReportBody } from "./ReportBody";
import s from "./Reports.module.css";
import type { ReportProps } from "./ReportsScreen";
import { daysOf, everyOf, TAKINGS_EVERY } from "./search";

type Every = (typeof TAKINGS_EVERY)[number];

/** What was taken by each method; of one day and by desk it is the cash-up. */
export function TakingsReport({ search, onChange }: ReportProps) {
  const { t } = useTranslation("reports");
  const { today } = useDesk();
  const { from, to } = daysOf(search, today);
  const every = everyOf(search) as Every;
  const by_desk = search.desks ?? every === "whole";
  const answer = useTakings({ from, to, every, by_desk });
  return (
    <>
      <ReportBar search={search} onChange={onChange}>
        <BarSelect<Every>
          label={t("every")}
          value={every}
          options={TAKINGS_EVERY.map((id) => ({ id, name: t(`every_${id}`) }))}
          onChange={(next) => onChange({ every: next, desks: undefined })}
        />
        <Switch isSelected={by_desk} onChange={(on) => onChange({ desks: on })}>
          {t("by_desk")}
        </Switch>
      </ReportBar>
      <ReportBody label={t("report_takings")} answer={answer} currency={(part) => part.currency}>
        {(part) => <Part part={part} byDesk={by_desk} />}
      </ReportBody>
    </>
  );
}

function Part({ part, byDesk }: { part: TakingsPart; byDesk: boolean }) {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  const navigate = useNavigate();
  if (part.methods.length === 0) return <EmptyState kind="no_match" title={t("nothing_taken")} />;
  const { sums } = part;
  return (
    <>
      <div className={s.sums}>
        <Figure label={t("taken")} unit={part.currency} value={formatAmount(sums.taken)} />
        <Figure label={t("received")} value={formatAmount(sums.received)} />
        <Figure label={t("reversed")} value={formatAmount(sums.reversed)} />
        <Figure label={t("refunded")} value={formatAmount(sums.refunded)} />
      </div>
      {part.periods.length > 1 && !byDesk && (
        <div className={s.picture}>
          <ChartPanel
            title={t("received_over_time")}
            label={t("received_over_time")}
            look="stack"
            slotHead={t("period")}
            data={takingsChart(part, language)}
            onOpen={({ id }) => {
              const period = part.periods.find((of) => of.from === id);
              if (!period) return;
              const { from, to } = period;
              void navigate({
                to: "/reports/money",
                search: { from, to, currency: part.currency },
              });
            }}
            mostNames={14}
          />
        </div>
      )}
      <TakingsTable part={part} byDesk={byDesk} />
    </>
  );
}

function TakingsTable({ part, byDesk }: { part: TakingsPart; byDesk: boolean }) {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  const rows = part.periods.flatMap((period) => period.rows.map((row) => ({ ...row, period })));
  type Row = (typeof rows)[number];
  const money = (id: "received" | "reversed" | "refunded" | "taken", header: string) => ({
    id,
    header,
    align: "end" as const,
    width: "120px",
    sum: <Amount of={part.sums[id]} />,
    cell: (row: Row) => <Amount of={row.sums[id]} look={id === "taken" ? "main" : "plain"} />,
  });
  return (
    <Table<Row>
      label={t("report_takings")}
      look="page"
      rows={rows}
      rowId={(row) => `${row.period.from} ${row.method} ${row.desk}`}
      columns={[
        ...(part.periods.length > 1
          ? [
              {
                id: "period",
                header: t("period"),
                width: "144px",
                cell: (row: Row) => <span className="t2">{periodName(row.period, language)}</span>,
              },
            ]
          : []),
        {
          id: "method",
          header: t("method"),
          sum: t("total"),
          cell: (row) => (
            <Link
              to="/reports/money"
              search={{
                from: row.period.from,
                to: row.period.to,
                currency: part.currency,
                method: row.method,
                desk: row.desk ?? undefined,
                name: row.name,
              }}
              className={s.link}
            >
              {row.name}
            </Link>
          ),
        },
        ...(byDesk
          ? [{ id: "desk", header: t("desk"), width: "72px", cell: (row: Row) => row.desk }]
          : []),
        {
          id: "count",
          header: t("count"),
          align: "end",
          width: "88px",
          sum: <span className="num">{part.sums.count}</span>,
          cell: (row) => <span className="num">{row.sums.count}</span>,
        },
        money("received", t("received")),
        money("reversed", t("reversed")),
        money("refunded", t("refunded")),
        money("taken", t("taken")),
      ]}
    />
  );
}
