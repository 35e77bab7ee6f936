import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportReport } from "~/ipc/gen/ImportReport";
import { ActionBar, Button, Note, Page, PageHead, Segmented, Toolbar } from "~/ui/primitives";
import { ChooseFile } from "./ChooseFile";
import s from "./Import.module.css";
import { Report } from "./Report";
import { type ImportKind, SEEN_AT } from "./routes";
import { useFileImport } from "./useFileImport";

/** Brings students or the price list in from a file: looked at first, then all at once. */
export function ImportScreen() {
  const { t } = useTranslation("import");
  const file = useFileImport();
  const { kind, report, refusal } = file;
  return (
    <Page>
      <PageHead
        crumb={<Link to={SEEN_AT[kind]}>{t(`of_${kind}`)}</Link>}
        title={t("title")}
        sub={file.name}
      />
      <Toolbar label={t("what")}>
        <Segmented<ImportKind>
          label={t("what")}
          value={kind}
          options={[
            { id: "students", name: t("students") },
            { id: "services", name: t("services") },
            { id: "bookings", name: t("bookings") },
          ]}
          onChange={file.changeKind}
        />
      </Toolbar>
      {refusal && (
        <div className={s.trouble}>
          <Note tone="danger" title={refusal}>
            {t("nothing_changed")}
          </Note>
        </div>
      )}
      {report ? (
        <Report report={report} kind={kind} onAnother={file.forget} />
      ) : (
        <ChooseFile kind={kind} isBusy={file.isLooking} onChoose={(one) => void file.choose(one)} />
      )}
      {report && !report.recorded && (
        <BringBar
          report={report}
          isBusy={file.isBringing}
          onAnother={file.forget}
          onBring={() => file.bring(report)}
        />
      )}
    </Page>
  );
}

interface BringBarProps {
  report: ImportReport;
  isBusy: boolean;
  onAnother: () => void;
  onBring: () => void;
}

/** What was looked at comes in, or another file is taken. */
function BringBar({ report, isBusy, onAnother, onBring }: BringBarProps) {
  const { t } = useTranslation("import");
  const { accepted, refused } = report;
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
