import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { type Fault, faultOf, faultText } from "~/ipc/errors";
import type { ExportCsvView } from "~/ipc/gen/ExportCsvView";
import type { ExportedFile } from "~/ipc/gen/ExportedFile";
import { chooseFolder, openFile } from "~/ipc/host";
import { Button, DateField, Dialog, Note, Table, toast } from "~/ui/primitives";
import { useExportCsv } from "./api";
import s from "./Exports.module.css";

/** Which days the files are about and where they go; null is everything, or the desk's own folder. */
interface Wanted {
  from: string | null;
  to: string | null;
  folder: string | null;
}

/** Files that go to the accountant by hand, for a span of days or for everything. */
export function FilesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("exports");
  const make = useExportCsv();
  const { today } = useDesk();
  const [wanted, setWanted] = useState<Wanted>(() => ({
    from: `${today.slice(0, 4)}-01-01`,
    to: today,
    folder: null,
  }));
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
              onPress={() => make.mutate(wanted)}
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
        <WantedFields
          wanted={wanted}
          fault={make.error?.fault}
          onChange={(next) => setWanted((before) => ({ ...before, ...next }))}
        />
      )}
    </Dialog>
  );
}

interface WantedFieldsProps {
  wanted: Wanted;
  fault: Fault | undefined;
  onChange: (next: Partial<Wanted>) => void;
}

function WantedFields({ wanted, fault, onChange }: WantedFieldsProps) {
  const { t } = useTranslation("exports");
  const at = (field: string) => (fault?.field === field ? faultText(fault) : undefined);
  const choose = () =>
    void chooseFolder().then(
      (folder) => folder && onChange({ folder }),
      (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
    );
  return (
    <div className={s.form}>
      <p className="t2">{t("files_body")}</p>
      <div className={s.pair}>
        <DateField
          label={t("files_from")}
          name="from"
          value={wanted.from}
          onChange={(from) => onChange({ from })}
          hint={t("files_all")}
          error={at("from")}
        />
        <DateField
          label={t("files_to")}
          name="to"
          value={wanted.to}
          onChange={(to) => onChange({ to })}
          error={at("to")}
        />
      </div>
      <div className={s.folder}>
        <span className="small t2 medium">{t("files_folder")}</span>
        <span className="row">
          <span className="clip grow" title={wanted.folder ?? undefined}>
            {wanted.folder ?? t("files_own")}
          </span>
          <Button size="small" icon={FolderOpen} onPress={choose}>
            {t("files_choose")}
          </Button>
        </span>
      </div>
      {fault && !at("from") && !at("to") && <Note tone="danger">{faultText(fault)}</Note>}
    </div>
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
