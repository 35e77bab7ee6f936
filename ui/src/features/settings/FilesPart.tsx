import { useNavigate } from "@tanstack/react-router";
import { FileDown, FileUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { ExportCsvView } from "~/ipc/gen/ExportCsvView";
import { chooseFolder, openFile } from "~/ipc/host";
import { Button, DateField, Note, Scroll, Table, toast } from "~/ui/primitives";
import { useExportCsv } from "./api";
import { Part } from "./Part";
import s from "./Settings.module.css";

/** Files in and out: students and prices come in, the accountant's tables go out. */
export function FilesPart() {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const bring = (kind: string) => void navigate({ to: "/import", search: { kind } });
  return (
    <Scroll>
      <Part title={t("import_title")} about={t("import_about")}>
        <div className="row">
          <Button icon={FileUp} onPress={() => bring("students")}>
            {t("import_students")}
          </Button>
          <Button icon={FileUp} onPress={() => bring("services")}>
            {t("import_prices")}
          </Button>
        </div>
      </Part>
      <Part title={t("export_title")} about={t("export_about")}>
        <ExportForm />
      </Part>
    </Scroll>
  );
}

function ExportForm() {
  const { t } = useTranslation("settings");
  const { today } = useDesk();
  const [from, setFrom] = useState<string | null>(`${today.slice(0, 4)}-01-01`);
  const [to, setTo] = useState<string | null>(today);
  const make = useExportCsv();
  async function start() {
    // Where nobody can be asked, as in a browser, the files go to the desk's own folder.
    const folder = await chooseFolder();
    if (folder !== undefined) make.mutate({ from, to, folder });
  }
  return (
    <div className={s.form}>
      <div className={s.days}>
        <DateField label={t("from")} today={today} value={from} onChange={setFrom} name="from" />
        <DateField label={t("to")} today={today} value={to} onChange={setTo} name="to" />
      </div>
      {make.error && <Note tone="danger" title={faultText(faultOf(make.error))} />}
      <div className="row">
        <Button
          variant="primary"
          icon={FileDown}
          isBusy={make.isPending}
          onPress={() => void start()}
        >
          {t("make_files")}
        </Button>
      </div>
      {make.data && <Made made={make.data} />}
    </div>
  );
}

function Made({ made }: { made: ExportCsvView }) {
  const { t } = useTranslation("settings");
  async function open(path: string) {
    if (!(await openFile(path))) toast({ text: t("lies_at", { path }), tone: "info" });
  }
  return (
    <>
      <Note tone="success" title={t("files_made", { count: made.files.length })}>
        {made.folder}
      </Note>
      <Table
        label={t("files")}
        rows={made.files}
        rowId={(file) => file.path}
        columns={[
          { id: "name", header: t("file"), cell: (file) => file.name },
          {
            id: "rows",
            header: t("file_rows"),
            align: "end",
            width: "88px",
            cell: (file) => <span className="num">{file.rows}</span>,
          },
          {
            id: "open",
            header: <span className="sr">{t("open")}</span>,
            align: "end",
            width: "104px",
            cell: (file) => (
              <Button size="small" variant="quiet" onPress={() => void open(file.path)}>
                {t("open")}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
