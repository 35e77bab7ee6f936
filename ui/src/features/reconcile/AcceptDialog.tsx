import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { PairView } from "~/ipc/gen/PairView";
import type { Reconciliation } from "~/ipc/gen/Reconciliation";
import { FormDialog, TextArea, toast } from "~/ui/primitives";
import { useAccept } from "./api";

interface AcceptDialogProps {
  pair: PairView;
  view: Reconciliation;
  label: string;
  onClose: () => void;
}

/** Lets one difference stand, with a reason that stays. */
export function AcceptDialog({ pair, view, label, onClose }: AcceptDialogProps) {
  const { t } = useTranslation("reconcile");
  const accept = useAccept();
  const [reason, setReason] = useState("");
  const [trouble, setTrouble] = useState<string>();
  async function send() {
    const { connection_id, from, to } = view;
    const { key, shown } = pair;
    try {
      await accept.mutateAsync({ connection_id, from, to, key, shown, reason: reason.trim() });
      toast({ text: t("accepted_toast", { label }), tone: "success" });
      onClose();
    } catch (thrown) {
      setTrouble(faultText(faultOf(thrown)));
    }
  }
  return (
    <FormDialog
      title={t("accept_title", { label })}
      verb={t("accept_verb")}
      isBusy={accept.isPending}
      trouble={trouble}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <p>{t("accept_body")}</p>
      <TextArea label={t("reason")} name="reason" isRequired value={reason} onChange={setReason} />
    </FormDialog>
  );
}
