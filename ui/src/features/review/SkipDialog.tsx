import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import { ConfirmDialog, Note, TextArea, toast } from "~/ui/primitives";
import { useSettle } from "./api";
import s from "./Review.module.css";

export interface SkipDialogProps {
  count: number;
  system: string;
  /** Finds what is selected; asked only when it is confirmed. */
  ids: () => Promise<string[]>;
  onClose: () => void;
}

/** Leaves documents out of a system for good, with a reason that stays. */
export function SkipDialog({ count, system, ids, onClose }: SkipDialogProps) {
  const { t } = useTranslation("review");
  const settle = useSettle();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  async function skip() {
    try {
      const { records } = await settle.mutateAsync({
        ids: await ids(),
        outcome: "skipped",
        external_reference: null,
        reason: reason.trim(),
      });
      toast({ text: t("skipped", { count: records }), tone: "info" });
      onClose();
    } catch (thrown) {
      setProblem(faultText(faultOf(thrown)));
    }
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("skip_title", { count })}
      safeLabel={t("skip_keep")}
      verbLabel={t("skip_verb", { count })}
      isBusy={settle.isPending}
      blockedReason={reason.trim() === "" ? t("reason_needed") : undefined}
      onConfirm={() => void skip()}
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
        {problem && <Note tone="danger">{problem}</Note>}
      </div>
    </ConfirmDialog>
  );
}
