import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { Reconciliation } from "~/ipc/gen/Reconciliation";
import { Day, FormDialog, TextField, toast } from "~/ui/primitives";
import { useSignOff } from "./api";

interface SignOffDialogProps {
  view: Reconciliation;
  system: string;
  onClose: () => void;
}

/** Says that a span is right, as it is shown. */
export function SignOffDialog({ view, system, onClose }: SignOffDialogProps) {
  const { t } = useTranslation("reconcile");
  const signOff = useSignOff();
  const [note, setNote] = useState("");
  const [trouble, setTrouble] = useState<string>();
  async function send() {
    const { connection_id, from, to, shown } = view;
    try {
      await signOff.mutateAsync({ connection_id, from, to, shown, note: note.trim() });
      toast({ text: t("signed"), tone: "success" });
      onClose();
    } catch (thrown) {
      setTrouble(faultText(faultOf(thrown)));
    }
  }
  return (
    <FormDialog
      title={t("sign_off_title")}
      verb={t("sign_off_verb")}
      isBusy={signOff.isPending}
      trouble={trouble}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <p>
        {t("sign_off_body", { system })} <Day of={view.from} /> – <Day of={view.to} />.{" "}
        {t("signed_counts", { agreed: view.agreed, accepted: view.accepted })}
      </p>
      <TextField label={t("note")} name="note" value={note} onChange={setNote} />
    </FormDialog>
  );
}
