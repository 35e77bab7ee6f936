import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import { FormDialog, TextArea, TextField } from "~/ui/primitives";
import { type Settling, useSettling } from "./settling";

export interface DoneDialogProps extends Settling {
  /** What the document is called, where it is one that is known. */
  label: string | undefined;
}

/** A person booked it there by hand: Kontor keeps under which number, and why. */
export function DoneDialog(props: DoneDialogProps) {
  const { count, label, system, onClose } = props;
  const { t } = useTranslation("review");
  const { fault, isBusy, send } = useSettling(props, (done) => t("settled", { count: done }));
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const missing =
    reference.trim() === ""
      ? t("reference_needed")
      : reason.trim() === ""
        ? t("reason_needed")
        : undefined;
  const isAtField = fault?.field === "external_reference" || fault?.field === "reason";
  const at = (field: string) => (fault?.field === field ? faultText(fault) : undefined);
  const mark = () =>
    send({
      outcome: "done_elsewhere",
      external_reference: reference.trim(),
      reason: reason.trim(),
    });
  return (
    <FormDialog
      title={label === undefined ? t("done_title_many", { count }) : t("done_title", { label })}
      verb={t("done_verb")}
      width="narrow"
      onClose={onClose}
      onSubmit={mark}
      isBusy={isBusy}
      disabledReason={missing}
      trouble={fault && !isAtField ? faultText(fault) : undefined}
    >
      <p className="t2">{t(count === 1 ? "done_body" : "done_body_many", { system })}</p>
      <TextField
        label={t("reference", { system })}
        name="external_reference"
        isRequired
        isNumeric
        autoFocus
        value={reference}
        onChange={setReference}
        hint={count === 1 ? t("reference_hint") : undefined}
        error={at("external_reference")}
      />
      <TextArea
        label={t("reason")}
        name="reason"
        isRequired
        value={reason}
        onChange={setReason}
        hint={t("reason_hint")}
        error={at("reason")}
      />
    </FormDialog>
  );
}
