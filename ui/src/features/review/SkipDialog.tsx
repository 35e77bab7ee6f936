import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import { ConfirmDialog, Note, TextArea } from "~/ui/primitives";
import s from "./Review.module.css";
import { type Settling, useSettling } from "./settling";

/** Leaves documents out of a system for good, with a reason that stays. */
export function SkipDialog(props: Settling) {
  const { count, system, onClose } = props;
  const { t } = useTranslation("review");
  const { fault, isBusy, send } = useSettling(props, (done) => t("skipped", { count: done }));
  const [reason, setReason] = useState("");
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("skip_title", { count })}
      safeLabel={t("skip_keep")}
      verbLabel={t("skip_verb", { count })}
      isBusy={isBusy}
      blockedReason={reason.trim() === "" ? t("reason_needed") : undefined}
      onConfirm={() =>
        send({ outcome: "skipped", external_reference: null, reason: reason.trim() })
      }
    >
      <div className={s.form}>
        <p>{t("skip_body", { system })}</p>
        <TextArea
          label={t("reason")}
          name="reason"
          isRequired
          value={reason}
          onChange={setReason}
          hint={t("reason_hint")}
        />
        {fault && <Note tone="danger">{faultText(fault)}</Note>}
      </div>
    </ConfirmDialog>
  );
}
