import { Link, useNavigate } from "@tanstack/react-router";
import { Play, Undo2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { ImportedFile } from "~/ipc/gen/ImportedFile";
import type { ImportedRow } from "~/ipc/gen/ImportedRow";
import { useDone } from "~/ipc/hooks";
import { useMay } from "~/ipc/session";
import { DataGrid } from "~/ui/grid";
import {
  Button,
  EmptyState,
  Facts,
  Moment,
  Note,
  Page,
  PageHead,
  Pill,
  Progress,
  toast,
  UnreadPage,
} from "~/ui/primitives";
import s from "../Import.module.css";
import { type ImportKind, importedRoute } from "../routes";
import { useImported, useImportedRows, useTakeBack } from "./api";
import { importedColumns, LOOKS } from "./importedColumns";
import { TakeBackDialog } from "./TakeBackDialog";

/** Where a row can be looked at; a booking at its student, a price in the settings. */
function placeOfRow({ what, id, student_id }: ImportedRow): string {
  if (what === "service") return "/settings?tab=prices";
  return what === "booking" ? placeOf("student", student_id ?? "") : placeOf(what, id);
}

/** What a file brought in, and how far it was taken back. */
export function ImportedScreen() {
  const { t } = useTranslation("import");
  const { id } = importedRoute.useParams();
  const navigate = useNavigate();
  const answer = useImported(id);
  const progress = useDone("taking_back");
  const rows = useImportedRows(id);
  const columns = useMemo(() => importedColumns(t), [t]);
  const [isAsking, setAsking] = useState(false);
  const crumb = <Link to="/import">{t("title")}</Link>;
  if (answer.data === undefined)
    return (
      <UnreadPage
        title={t("earlier")}
        crumb={crumb}
        fault={answer.error ? faultText(faultOf(answer.error)) : undefined}
        action={<Link to="/import">{t("title")}</Link>}
      />
    );
  const { file } = answer.data;
  const open = (row: ImportedRow) => void navigate({ to: placeOfRow(row) });
  return (
    <Page>
      <PageHead
        crumb={crumb}
        title={file.file_name}
        badge={
          <Pill {...(LOOKS[file.state] ?? { tone: "neutral", shape: "none" })}>
            {t(`state_${file.state as "there"}`)}
          </Pill>
        }
        actions={
          <Verbs file={file} isMoving={progress !== null} onTakeBack={() => setAsking(true)} />
        }
      />
      {progress && (
        <div className={s.trouble}>
          <Progress
            label={t("taking_back")}
            {...progress}
            countText={t("back_of", { ...progress })}
          />
        </div>
      )}
      <div className={s.standing}>
        {file.state === "taking_back" && progress === null && (
          <Note tone="warning" title={t("cut_short")}>
            {t("cut_short_body")}
          </Note>
        )}
        <FileFacts file={file} />
      </div>
      <DataGrid
        label={t("what_it_brought")}
        columns={columns}
        rows={rows}
        rowId={(row) => `${row.line} ${row.id}`}
        onOpen={open}
        onPeek={open}
        empty={<EmptyState kind="no_match" title={t("no_rows")} />}
        footLead={<span>{t("shown_all", { count: file.brought })}</span>}
      />
      {isAsking && <TakeBackDialog file={file} onClose={() => setAsking(false)} />}
    </Page>
  );
}

interface VerbsProps {
  file: ImportedFile;
  isMoving: boolean;
  onTakeBack: () => void;
}

function Verbs({ file, isMoving, onTakeBack }: VerbsProps) {
  const { t } = useTranslation("import");
  const mayTakeBack = useMay("give_up");
  const goOn = useTakeBack();
  if (!mayTakeBack || file.state === "taken_back") return null;
  if (file.state === "there")
    return (
      <Button icon={Undo2} onPress={onTakeBack}>
        {t("take_back")}
      </Button>
    );
  const failed = (thrown: unknown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  const request = { id: file.id, reason: file.end?.reason ?? "", rows: 0 };
  return (
    <Button
      variant="primary"
      icon={Play}
      isBusy={goOn.isPending || isMoving}
      onPress={() => goOn.mutate(request, { onError: failed })}
    >
      {t("go_on")}
    </Button>
  );
}

function FileFacts({ file }: { file: ImportedFile }) {
  const { t } = useTranslation("import");
  const { end } = file;
  return (
    <Facts
      look="over"
      facts={[
        { label: t("what"), value: t(file.kind as ImportKind) },
        { label: t("read_at"), value: <Moment of={file.at} /> },
        { label: t("read_by"), value: file.actor },
        { label: t("brought_in"), value: <span className="num">{file.brought}</span> },
        ...(end
          ? [
              { label: t("row_taken_back"), value: <span className="num">{file.taken_back}</span> },
              { label: t("row_stays"), value: <span className="num">{file.stays}</span> },
              { label: t("back_at"), value: <Moment of={end.at} /> },
              { label: t("back_by"), value: end.actor },
              { label: t("back_reason"), value: end.reason },
            ]
          : []),
      ]}
    />
  );
}
