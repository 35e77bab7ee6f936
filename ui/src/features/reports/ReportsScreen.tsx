import { useNavigate } from "@tanstack/react-router";
import { FileSpreadsheet, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { Button, Page, PageHead, Tabs } from "~/ui/primitives";
import { makeFile } from "./api";
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
  const search: ReportSearch = reportsRoute.useSearch();
  const report = search.report ?? "revenue";
  const go = (next: ReportSearch) => void navigate({ to: "/reports", search: next, replace: true });
  const View = VIEWS[report];
  return (
    <Page>
      <PageHead title={t("title")} sub={t(`sub_${report}`)} actions={<Files search={search} />} />
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
        <View search={search} onChange={(next) => go({ ...search, ...next })} />
      </Tabs>
    </Page>
  );
}

/** The report on paper, and as a file for a spreadsheet. */
function Files({ search }: { search: ReportSearch }) {
  const { t } = useTranslation("reports");
  const { today } = useDesk();
  const [busy, setBusy] = useState<"csv" | "pdf" | null>(null);
  const make = (format: "csv" | "pdf") => {
    setBusy(format);
    void makeFile(wishOf(search, today), format).finally(() => setBusy(null));
  };
  return (
    <>
      <Button icon={FileSpreadsheet} isBusy={busy === "csv"} onPress={() => make("csv")}>
        {t("csv")}
      </Button>
      <Button icon={Printer} isBusy={busy === "pdf"} onPress={() => make("pdf")}>
        {t("pdf")}
      </Button>
    </>
  );
}
