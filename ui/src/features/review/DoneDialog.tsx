import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { FormDialog, TextArea, TextField, toast } from "~/ui/primitives";
import { useSettle } from "./api";

export interface DoneDialogProps {
  row: ExportRow;
  system: string;
  onClose: () => void;
}

/** A person booked it there by hand: Kontor keeps under which number, and why. */
export function DoneDialog({ row, system, onClose }: DoneDialogProps) {
  const { t } = useTranslation("review");
  const settle = useSettle();
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const missing =
    reference.trim() === ""
      ? t("reference_needed")
      : reason.trim() === ""
        ? t("reason_needed")
        : undefined;
  const fault = settle.error?.fault;
  const isAtField = fault?.field === "external_reference" || fault?.field === "reason";
  const at = (field: string) => (fault?.field === field ? faultText(fault) : undefined);
  const mark = () =>
    settle.mutate(
      {
        ids: [row.id],
        outcome: "done_elsewhere",
        external_reference: reference.trim(),
        reason: reason.trim(),
      },
      {
        onSuccess({ records }) {
          toast({ text: t("settled", { count: records }), tone: "info" });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t("done_title", { label: row.label })}
      verb={t("done_verb")}
      width="narrow"
      onClose={onClose}
      onSubmit={mark}
      isBusy={settle.isPending}
      disabledReason={missing}
      trouble={fault && !isAtField ? faultText(fault) : undefined}
    >
      <p className="t2">{t("done_body", { system })}</p>
      <TextField
        label={t("reference", { system })}
        name="external_reference"
        isRequired
        isNumeric
        autoFocus
        value={reference}
        onChange={setReference}
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
