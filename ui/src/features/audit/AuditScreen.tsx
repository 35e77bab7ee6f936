import { useNavigate } from "@tanstack/react-router";
import { FileSpreadsheet, ShieldCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { faultOf, faultText } from "~/ipc/errors";
import { DataGrid } from "~/ui/grid";
import { Button, EmptyState, Page, PageHead, Split, toast } from "~/ui/primitives";
import s from "./Audit.module.css";
import { useAudit, useExportAudit } from "./api";
import { auditColumns } from "./columns";
import { EntryPeek } from "./EntryPeek";
import { FilterBar } from "./FilterBar";
import { filterOf, isNarrowed } from "./filter";
import { type AuditSearch, auditRoute } from "./routes";
import { useVerifying, VerifyDialog } from "./Verify";

const numbers = new Intl.NumberFormat("nb-NO");

/** Everything that was ever recorded: who, when, what, and what stood there before. */
export function AuditScreen() {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const search = auditRoute.useSearch();
  const change = useAddressChange<AuditSearch>();
  const rows = useAudit(search);
  const columns = useMemo(() => auditColumns(t), [t]);
  if (rows.error && faultOf(rows.error).code === "forbidden")
    return (
      <Page>
        <PageHead title={t("title")} />
        <EmptyState kind="no_permission" title={t("no_right")}>
          {t("no_right_body")}
        </EmptyState>
      </Page>
    );
  const open = (id: string) => change({ open: id });
  return (
    <Page>
      <Split>
        <div className={s.main}>
          <PageHead title={t("title")} sub={t("sub")} actions={<Verbs search={search} />} />
          <FilterBar
            search={search}
            onChange={(next) => change({ ...next, open: undefined })}
            onShow={(address) => void navigate({ to: "/audit", search: address, replace: true })}
          />
          <DataGrid
            label={t("title")}
            name="audit"
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            openId={search.open}
            onOpen={(row) => open(row.id)}
            onPeek={(row) => open(row.id)}
            onActive={(row) => search.open && open(row.id)}
            empty={
              <EmptyState
                kind={isNarrowed(search) ? "no_match" : "first_use"}
                title={t("no_match")}
              />
            }
            footLead={
              <span>{t("count", { count: rows.count, n: numbers.format(rows.count) })}</span>
            }
          />
        </div>
        {search.open && (
          <EntryPeek
            key={search.open}
            id={search.open}
            onClose={() => change({ open: undefined })}
            onAbout={(about) => change({ about, open: undefined })}
          />
        )}
      </Split>
    </Page>
  );
}

/** The log as a file, and the proof that nothing of it was changed. */
function Verbs({ search }: { search: AuditSearch }) {
  const { t } = useTranslation("audit");
  const [isVerifying, setVerifying] = useState(false);
  const verifying = useVerifying();
  const exporting = useExportAudit();
  const save = () =>
    exporting.mutate(
      { filter: filterOf(search), wish: { inline: false, folder: null } },
      {
        onSuccess: ({ path }) => toast({ text: t("exported", { path }) }),
        onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
      },
    );
  return (
    <>
      <Button icon={FileSpreadsheet} isBusy={exporting.isPending} onPress={save}>
        {t("export")}
      </Button>
      <Button
        icon={ShieldCheck}
        onPress={() => {
          verifying.start();
          setVerifying(true);
        }}
      >
        {t("verify")}
      </Button>
      {isVerifying && <VerifyDialog verifying={verifying} onClose={() => setVerifying(false)} />}
    </>
  );
}
