import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import { ConfirmDialog, Note, TextField, toast } from "~/ui/primitives";
import { useVoid } from "./api";

interface VoidDialogProps {
  ids: string[];
  onClose: () => void;
  onDone: () => void;
}

/** Charges leave the pool for a reason; they are never edited or deleted. */
export function VoidDialog({ ids, onClose, onDone }: VoidDialogProps) {
  const { t } = useTranslation("charges");
  const [reason, setReason] = useState("");
  const send = useVoid();
  const refused = fieldFaults(send.error, ["reason"]);
  const count = ids.length;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("void_title", { count })}
      safeLabel={t("keep")}
      verbLabel={t("void_count", { count })}
      isBusy={send.isPending}
      blockedReason={reason.trim() === "" ? t("need_reason") : undefined}
      onConfirm={() =>
        send.mutate(
          { ids, reason },
          {
            onSuccess: (done) => {
              toast({ text: t("voided", { count: done.voided }) });
              onDone();
              onClose();
            },
          },
        )
      }
    >
      {refused.elsewhere && <Note tone="danger">{refused.elsewhere}</Note>}
      <p className="t2">{t("void_body")}</p>
      <TextField
        label={t("reason")}
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
