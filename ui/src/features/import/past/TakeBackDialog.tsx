import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { ImportedFile } from "~/ipc/gen/ImportedFile";
import type { TakingBack } from "~/ipc/gen/TakingBack";
import { ConfirmDialog, Note, SkeletonLines, TextField, toast } from "~/ui/primitives";
import s from "../Import.module.css";
import { useTakeBack, useTakingBack } from "./api";
import { whyStays } from "./importedColumns";

interface TakeBackDialogProps {
  file: ImportedFile;
  onClose: () => void;
}

/** Says what would be taken back and what stays before anything is done, and asks why. */
export function TakeBackDialog({ file, onClose }: TakeBackDialogProps) {
  const { t } = useTranslation("import");
  const seen = useTakingBack(file.id);
  const send = useTakeBack();
  const [reason, setReason] = useState("");
  const refused = fieldFaults(send.error, ["reason"]);
  const count = seen.data?.rows ?? 0;
  const blocked = () => {
    if (count === 0) return t("nothing_to_take_back");
    return reason.trim() === "" ? t("need_reason") : undefined;
  };
  const submit = () =>
    send.mutate(
      { id: file.id, reason, rows: count },
      {
        onSuccess: (done) => {
          toast({ text: t("took_back", { count: done.file.taken_back }) });
          onClose();
        },
        onError: () => void seen.refetch(),
      },
    );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("take_back_title", { name: file.file_name })}
      safeLabel={t("leave_it")}
      verbLabel={t("take_back_rows", { count })}
      isBusy={send.isPending}
      blockedReason={blocked()}
      onConfirm={submit}
    >
      {refused.elsewhere && <Note tone="danger">{refused.elsewhere}</Note>}
      {seen.error && <Note tone="danger">{faultText(seen.error.fault)}</Note>}
      {seen.data ? <Seen seen={seen.data} total={file.brought} /> : <SkeletonLines count={3} />}
      <TextField
        label={t("take_back_reason")}
        name="reason"
        isRequired
        maxLength={500}
        value={reason}
        onChange={setReason}
        error={refused.at.reason}
      />
    </ConfirmDialog>
  );
}

/** What goes and what stays, with the first of those that stay. */
function Seen({ seen, total }: { seen: TakingBack; total: number }) {
  const { t } = useTranslation("import");
  return (
    <>
      <p className="t2">
        {t("would_go", { count: seen.rows, total })} {t("take_back_body")}
      </p>
      {seen.stays.length > 0 && (
        <section aria-label={t("row_stays")}>
          <ul className={s.columns}>
            {seen.stays.map(({ reason, rows }) => (
              <li key={reason}>
                <span>{whyStays(reason)}</span>
                <span className="num t2">{rows}</span>
              </li>
            ))}
          </ul>
          <p className="t3 small">
            {t("they_stay", { names: seen.staying.slice(0, 6).map(nameOf).join(" · ") })}
            {seen.staying.length > 6 && " …"}
          </p>
        </section>
      )}
    </>
  );
}

const nameOf = ({ number, name }: { number: string; name: string }) => `${number} ${name}`.trim();
