import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "~/ipc/gen/ImportReport";
import { ActionBar, Button, Note, Page, PageHead, Segmented, Toolbar } from "~/ui/primitives";
import { ChooseFile } from "./ChooseFile";
import { ColumnsStep, isReady } from "./ColumnsStep";
import s from "./Import.module.css";
import { EarlierFiles } from "./past/EarlierFiles";
import { Report } from "./Report";
import { IMPORT_KINDS, type ImportKind, SEEN_AT } from "./routes";
import { Steps } from "./Steps";
import { useFileImport } from "./useFileImport";

/** Brings a file in: chosen, understood, tried out, and then all at once. */
export function ImportScreen() {
  const { t } = useTranslation("import");
  const file = useFileImport();
  const { step, refusal, work } = file;
  const kind = file.kind ?? "students";
  return (
    <Page>
      <PageHead
        crumb={<Link to={SEEN_AT[kind]}>{t(`of_${kind}`)}</Link>}
        title={t("title")}
        sub={file.name}
        actions={<EarlierFiles />}
      />
      <Toolbar label={t("steps")} end={<Steps at={step} />}>
        {step === "file" && (
          <Segmented<ImportKind>
            label={t("what")}
            value={kind}
            options={IMPORT_KINDS.map((id) => ({ id, name: t(id) }))}
            onChange={file.changeKind}
          />
        )}
        {step !== "file" && <span className="medium">{t(kind)}</span>}
      </Toolbar>
      {refusal && (
        <div className={s.trouble}>
          <Note tone="danger" title={refusal}>
            {t("nothing_changed")}
          </Note>
        </div>
      )}
      {step === "file" && (
        <ChooseFile kind={kind} isBusy={file.isLooking} onChoose={(one) => void file.choose(one)} />
      )}
      {step === "columns" && work?.look && work.said && (
        <>
          <ColumnsStep
            look={work.look}
            kind={work.kind}
            said={work.said}
            onSay={file.say}
            onKind={file.changeKind}
          />
          <TryBar
            isBusy={file.isLooking}
            isReady={isReady(work.look, work.kind, work.said.mapping)}
            onAnother={file.forget}
            onTry={file.tryOut}
          />
        </>
      )}
      {work?.report && (
        <Report
          report={work.report}
          kind={kind}
          onAnother={file.forget}
          onSaveRefused={file.saveRefused}
        />
      )}
      {step === "dry_run" && work?.report && (
        <BringBar
          report={work.report}
          isBusy={file.isBringing}
          onAnother={file.forget}
          onColumns={file.backToColumns}
          onBring={file.bring}
        />
      )}
    </Page>
  );
}

interface TryBarProps {
  isBusy: boolean;
  isReady: boolean;
  onAnother: () => void;
  onTry: () => void;
}

/** What is said about the file is tried out. */
function TryBar({ isBusy, isReady, onAnother, onTry }: TryBarProps) {
  const { t } = useTranslation("import");
  return (
    <ActionBar
      actions={
        <>
          <Button size="form" onPress={onAnother} isDisabled={isBusy}>
            {t("another_file")}
          </Button>
          <Button
            size="form"
            variant="primary"
            isBusy={isBusy}
            disabledReason={isReady ? undefined : t("columns_missing")}
            onPress={onTry}
          >
            {t("try_out")}
          </Button>
        </>
      }
    >
      <span className={`t2 ${s.aside}`}>{t("looked_at_first")}</span>
    </ActionBar>
  );
}

interface BringBarProps {
  report: ImportReport;
  isBusy: boolean;
  onAnother: () => void;
  onColumns: () => void;
  onBring: () => void;
}

/** What was tried out comes in, or the columns are looked at again, or another file is taken. */
function BringBar({ report, isBusy, onAnother, onColumns, onBring }: BringBarProps) {
  const { t } = useTranslation("import");
  const { accepted, refused } = report;
  return (
    <ActionBar
      actions={
        <>
          <Button size="form" onPress={onAnother} isDisabled={isBusy}>
            {t("another_file")}
          </Button>
          <Button size="form" onPress={onColumns} isDisabled={isBusy}>
            {t("change_columns")}
          </Button>
          <Button
            size="form"
            variant="primary"
            isBusy={isBusy}
            disabledReason={accepted === 0 ? t("nothing_to_import") : undefined}
            onPress={onBring}
          >
            {refused > 0
              ? t("import_good", { count: accepted, refused })
              : t("import_rows", { count: accepted })}
          </Button>
        </>
      }
    >
      <span className={`t2 ${s.aside}`}>{t(refused > 0 ? "refused_stay_out" : "all_or_none")}</span>
    </ActionBar>
  );
}
