import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { periodOf } from "~/domain/periods";
import { ChartPanel, type ChartProps, debtChart, revenueChart, takingsChart } from "~/ui/chart";
import { usePreferences } from "~/ui/preferences";
import { useDebt, useRevenue, useTakings } from "./api";
import s from "./Home.module.css";
import { Panel } from "./Panel";

/** How the school got here: debt, revenue and money by month. Only what there is, is drawn. */
export function Pictures({ today }: { today: string }) {
  const { t } = useTranslation("home");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const months = periodOf("last_12_months", today);
  const year = periodOf("this_year", today);
  const debt = useDebt(months).data?.parts[0];
  const revenue = useRevenue(year).data?.parts[0];
  const takings = useTakings(months).data?.parts[0];
  const names = { net: t("this_year"), before: t("year_before") };
  return (
    <>
      <Picture
        id="debt"
        sub={t("debt_sub")}
        look="lines"
        slotHead={t("at_end_of")}
        data={debt && debtChart(debt, { open: t("open"), overdue: t("overdue") }, language)}
        onOpen={({ id }) => void navigate({ to: "/ageing", search: { as_of: id } })}
      />
      <Picture
        id="revenue"
        sub={t("revenue_sub")}
        look="bars"
        slotHead={t("month")}
        data={revenue && revenueChart(revenue, names, language)}
        onOpen={({ id }) => {
          const row = revenue?.rows.find((of) => of.key === id);
          if (row)
            void navigate({ to: "/reports/documents", search: { from: row.from, to: row.to } });
        }}
      />
      <Picture
        id="takings"
        sub={t("takings_sub")}
        look="stack"
        slotHead={t("month")}
        data={takings && takingsChart(takings, language)}
        onOpen={({ id }) => {
          const period = takings?.periods.find((of) => of.from === id);
          if (period)
            void navigate({ to: "/reports/money", search: { from: period.from, to: period.to } });
        }}
      />
    </>
  );
}

interface PictureProps extends Pick<ChartProps, "look" | "onOpen"> {
  id: "debt" | "revenue" | "takings";
  sub: ReactNode;
  slotHead: string;
  data: ChartProps["data"] | undefined;
}

function Picture({ id, data, ...chart }: PictureProps) {
  const { t } = useTranslation("home");
  if (!data)
    return (
      <Panel id={id} title={t(id)} isWaiting>
        {null}
      </Panel>
    );
  const report = id === "revenue" ? {} : { report: id };
  return (
    <div className={s.picture}>
      <ChartPanel
        {...chart}
        title={t(id)}
        label={t(id)}
        data={data}
        mostNames={12}
        more={
          <Link to="/reports" search={report}>
            {t("report")}
          </Link>
        }
      />
    </div>
  );
}
