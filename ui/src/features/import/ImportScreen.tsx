import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "~/ipc/errors";
import type { ImportReport } from "~/ipc/gen/ImportReport";
import {
  ActionBar,
  Button,
  Note,
  Page,
  PageHead,
  Segmented,
  Toolbar,
  toast,
} from "~/ui/primitives";
import { useImport } from "./api";
import { ChooseFile } from "./ChooseFile";
import { type ReadFile, readFile } from "./file";
import s from "./Import.module.css";
import { Report } from "./Report";
import { type ImportKind, importRoute } from "./routes";
import { refusedFile } from "./why";

interface Chosen {
  file: ReadFile;
  report: ImportReport | null;
}

/** Brings students or the price list in from a file: looked at first, then all at once. */
export function ImportScreen() {
  const { t } = useTranslation("import");
  const navigate = useNavigate();
  const kind: ImportKind = importRoute.useSearch().kind ?? "students";
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const look = useImport();
  const bring = useImport();

  async function choose(file: File) {
    look.reset();
    bring.reset();
    const read = await readFile(file);
    setChosen({ file: read, report: null });
    if (!read.ok) return;
    look.mutate(
      { kind, content: read.content, file_name: read.name, dry_run: true, skip_refused: false },
      { onSuccess: (report) => setChosen({ file: read, report }) },
    );
  }
  function changeKind(next: ImportKind) {
    setChosen(null);
    look.reset();
    bring.reset();
    void navigate({ to: "/import", search: { kind: next }, replace: true });
  }
  function record(report: ImportReport) {
    if (!chosen?.file.ok) return;
    const { name, content } = chosen.file;
    bring.mutate(
      { kind, content, file_name: name, dry_run: false, skip_refused: report.refused > 0 },
      {
        onSuccess: (done) => {
          setChosen({ file: chosen.file, report: done });
          if (done.recorded) toast({ text: t(`brought_${kind}`, { count: done.accepted }) });
        },
      },
    );
  }

  const report = chosen?.report ?? null;
  const fault = bring.error ?? look.error;
  const trouble = chosen && !chosen.file.ok ? chosen.file.trouble : undefined;
  return (
    <Page>
      <PageHead
        crumb={<Link to={kind === "students" ? "/students" : "/settings"}>{t(`of_${kind}`)}</Link>}
        title={t("title")}
        sub={chosen?.file.name}
      />
      <Toolbar label={t("what")}>
        <Segmented<ImportKind>
          label={t("what")}
          value={kind}
          options={[
            { id: "students", name: t("students") },
            { id: "services", name: t("services") },
          ]}
          onChange={changeKind}
        />
      </Toolbar>
      {(trouble || fault) && (
        <div className={s.trouble}>
          <Note
            tone="danger"
            title={trouble ? t(`trouble_${trouble}`) : refusedFile(faultOf(fault))}
          >
            {t("nothing_changed")}
          </Note>
        </div>
      )}
      {report ? (
        <Report report={report} kind={kind} onAnother={() => setChosen(null)} />
      ) : (
        <ChooseFile kind={kind} isBusy={look.isPending} onChoose={(file) => void choose(file)} />
      )}
      {report && !report.recorded && (
        <ActionBar
          actions={
            <>
              <Button size="form" onPress={() => setChosen(null)} isDisabled={bring.isPending}>
                {t("another_file")}
              </Button>
              <Button
                size="form"
                variant="primary"
                isBusy={bring.isPending}
                disabledReason={report.accepted === 0 ? t("nothing_to_import") : undefined}
                onPress={() => record(report)}
              >
                {verb(report)}
              </Button>
            </>
          }
        >
          <span className="t2 clip">
            {t(report.refused > 0 ? "refused_stay_out" : "all_or_none")}
          </span>
        </ActionBar>
      )}
    </Page>
  );

  function verb({ accepted, refused }: ImportReport): string {
    return refused > 0
      ? t("import_good", { count: accepted, refused })
      : t("import_rows", { count: accepted });
  }
}
