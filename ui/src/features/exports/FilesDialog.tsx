import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { ExportCsvView } from "~/ipc/gen/ExportCsvView";
import type { ExportedFile } from "~/ipc/gen/ExportedFile";
import { chooseFolder, openFile } from "~/ipc/host";
import { Button, DateField, Dialog, Note, Table, toast } from "~/ui/primitives";
import { useExportCsv } from "./api";
import s from "./Exports.module.css";

/** Files that go to the accountant by hand, for a span of days or for everything. */
export function FilesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("exports");
  const make = useExportCsv();
  const { today } = useDesk();
  const [from, setFrom] = useState<string | null>(`${today.slice(0, 4)}-01-01`);
  const [to, setTo] = useState<string | null>(today);
  const [folder, setFolder] = useState<string | null>(null);
  const fault = make.error?.fault;
  const at = (field: string) => (fault?.field === field ? faultText(fault) : undefined);
  const made = make.data;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={make.isPending}
      width={made ? "wide" : "narrow"}
      title={made ? t("files_done", { count: made.files.length }) : t("files_title")}
      actions={
        made ? (
          <Button size="form" variant="primary" onPress={onClose} autoFocus>
            {t("close")}
          </Button>
        ) : (
          <>
            <Button size="form" onPress={onClose}>
              {t("cancel")}
            </Button>
            <Button
              size="form"
              variant="primary"
              isBusy={make.isPending}
              onPress={() => make.mutate({ from, to, folder })}
            >
              {t("files_verb")}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <Made made={made} />
      ) : (
        <div className={s.form}>
          <p className="t2">{t("files_body")}</p>
          <div className={s.pair}>
            <DateField
              label={t("files_from")}
              name="from"
              value={from}
              onChange={setFrom}
              hint={t("files_all")}
              error={at("from")}
            />
            <DateField
              label={t("files_to")}
              name="to"
              value={to}
              onChange={setTo}
              error={at("to")}
            />
          </div>
          <div className={s.folder}>
            <span className="small t2 medium">{t("files_folder")}</span>
            <span className="row">
              <span className="clip grow" title={folder ?? undefined}>
                {folder ?? t("files_own")}
              </span>
              <Button
                size="small"
                icon={FolderOpen}
                onPress={() =>
                  void chooseFolder().then(
                    (chosen) => chosen && setFolder(chosen),
                    (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
                  )
                }
              >
                {t("files_choose")}
              </Button>
            </span>
          </div>
          {fault && fault.field !== "from" && fault.field !== "to" && (
            <Note tone="danger">{faultText(fault)}</Note>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Made({ made }: { made: ExportCsvView }) {
  const { t } = useTranslation("exports");
  const show = ({ path }: ExportedFile) =>
    void openFile(path).then(
      (isOpen) => !isOpen && toast({ text: t("cannot_open", { path }), tone: "info" }),
      (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
    );
  return (
    <div className={s.form}>
      <p>
        <span className="t2">{t("files_in")}</span> <span className={s.path}>{made.folder}</span>
      </p>
      <Table
        label={t("files_title")}
        rows={made.files}
        rowId={(file) => file.path}
        columns={[
          { id: "name", header: t("file"), cell: (file) => file.name },
          {
            id: "rows",
            header: t("rows"),
            align: "end",
            width: "96px",
            cell: (file) => <span className="num">{file.rows}</span>,
          },
          {
            id: "open",
            header: <span className="sr">{t("open")}</span>,
            align: "end",
            width: "96px",
            cell: (file) => (
              <Button size="small" variant="quiet" onPress={() => show(file)}>
                {t("open")} <span className="sr">{file.name}</span>
              </Button>
            ),
          },
        ]}
      />
    </div>
  );
}
