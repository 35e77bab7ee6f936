import { FileSpreadsheet, Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { useSearchKey } from "~/commands/searchKey";
import { faultOf, faultText } from "~/ipc/errors";
import { useSystemName } from "~/ipc/systems";
import { Button, IconButton, Page, PageHead, Split, toast } from "~/ui/primitives";
import { useExportStatus, useStartExport } from "./api";
import { ExportPeek } from "./ExportPeek";
import s from "./Exports.module.css";
import { ExportsList } from "./ExportsList";
import { FilesDialog } from "./FilesDialog";
import { RunBand } from "./RunBand";
import { type ExportsSearch, exportsRoute } from "./routes";

const numbers = new Intl.NumberFormat("nb-NO");

/** Everything that goes to accounting systems, by what became of it. */
export function ExportsScreen() {
  const { t } = useTranslation("exports");
  const search = exportsRoute.useSearch();
  const { data: status } = useExportStatus();
  const systemName = useSystemName();
  const change = useAddressChange<ExportsSearch>();
  useSearchKey();
  return (
    <Page>
      <Split>
        <div className={s.main}>
          <PageHead
            title={t("title")}
            sub={
              status && status.sent > 0
                ? t("sub", { count: status.sent, n: numbers.format(status.sent) })
                : undefined
            }
            actions={
              <>
                <FilesButton
                  isShort={search.open !== undefined}
                  onPress={() => change({ files: true })}
                />
                <SendButton connectionId={search.connection ?? null} />
              </>
            }
          />
          <RunBand status={status} />
          <ExportsList search={search} systemName={systemName} onChange={change} />
        </div>
        {search.open && (
          <ExportPeek
            key={search.open}
            id={search.open}
            systemName={systemName}
            onClose={() => change({ open: undefined })}
          />
        )}
      </Split>
      {search.files && <FilesDialog onClose={() => change({ files: undefined })} />}
    </Page>
  );
}

function SendButton({ connectionId }: { connectionId: string | null }) {
  const { t } = useTranslation("exports");
  const start = useStartExport();
  return (
    <Button
      variant="primary"
      icon={Send}
      isBusy={start.isPending}
      onPress={() =>
        start.mutate(
          { connection_id: connectionId },
          {
            onSuccess: ({ waiting, running }) =>
              !running && waiting === 0 && toast({ text: t("started_none"), tone: "info" }),
            onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
          },
        )
      }
    >
      {t("export_now")}
    </Button>
  );
}

/** Its word gives way when a panel takes the room. */
function FilesButton({ isShort, onPress }: { isShort: boolean; onPress: () => void }) {
  const { t } = useTranslation("exports");
  if (isShort) return <IconButton icon={FileSpreadsheet} label={t("files")} onPress={onPress} />;
  return (
    <Button variant="quiet" icon={FileSpreadsheet} onPress={onPress}>
      {t("files")}
    </Button>
  );
}
