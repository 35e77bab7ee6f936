import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ReportFiles } from "~/app/ReportFiles";
import { useAddressChange } from "~/app/useAddressChange";
import { useDesk } from "~/ipc/desk";
import { Page, PageHead, Tabs } from "~/ui/primitives";
import { DebtReport } from "./DebtReport";
import { RevenueReport } from "./RevenueReport";
import { reportsRoute } from "./routes";
import { REPORTS, type ReportName, type ReportSearch } from "./search";
import { TakingsReport } from "./TakingsReport";
import { VatReport } from "./VatReport";
import { wishOf } from "./wish";

export interface ReportProps {
  search: ReportSearch;
  onChange: (next: Partial<ReportSearch>) => void;
}

const VIEWS: Record<ReportName, (props: ReportProps) => React.ReactNode> = {
  revenue: RevenueReport,
  debt: DebtReport,
  vat: VatReport,
  takings: TakingsReport,
};

/** What was invoiced, owed, taxed and taken; every figure opens to the rows that make it. */
export function ReportsScreen() {
  const { t } = useTranslation("reports");
  const navigate = useNavigate();
  const { today } = useDesk();
  const search: ReportSearch = reportsRoute.useSearch();
  const report = search.report ?? "revenue";
  const go = (next: ReportSearch) => void navigate({ to: "/reports", search: next, replace: true });
  const change = useAddressChange<ReportSearch>();
  const View = VIEWS[report];
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={t(`sub_${report}`)}
        actions={<ReportFiles of={() => wishOf(search, today)} />}
      />
      <Tabs<ReportName>
        label={t("title")}
        value={report}
        tabs={REPORTS.map((id) => ({ id, name: t(`report_${id}`) }))}
        // Days carry over; how they are cut does not.
        onChange={(next) =>
          go({
            report: next === "revenue" ? undefined : next,
            period: search.period,
            from: search.from,
            to: search.to,
          })
        }
      >
        <View search={search} onChange={change} />
      </Tabs>
    </Page>
  );
}
