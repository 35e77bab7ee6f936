import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { PairView } from "~/ipc/gen/PairView";
import type { Reconciliation } from "~/ipc/gen/Reconciliation";
import { FormDialog, TextArea, toast } from "~/ui/primitives";
import { useAccept, useSendAgain } from "./api";

/** What a person does about one difference. */
export type Deed = "accept" | "again";

interface DeedDialogProps {
  deed: Deed;
  pair: PairView;
  view: Reconciliation;
  label: string;
  system: string;
  onClose: () => void;
}

/** Lets one difference stand, or sends what is gone there once more; the reason stays. */
export function DeedDialog({ deed, pair, view, label, system, onClose }: DeedDialogProps) {
  const { t } = useTranslation("reconcile");
  const ways = { accept: useAccept(), again: useSendAgain() };
  const way = ways[deed];
  const [reason, setReason] = useState("");
  const [trouble, setTrouble] = useState<string>();
  async function send() {
    const { connection_id, from, to } = view;
    const { key, shown } = pair;
    try {
      await way.mutateAsync({ connection_id, from, to, key, shown, reason: reason.trim() });
      toast({ text: t(`${deed}_done`, { label, system }), tone: "success" });
      onClose();
    } catch (thrown) {
      setTrouble(faultText(faultOf(thrown)));
    }
  }
  return (
    <FormDialog
      title={t(`${deed}_title`, { label, system })}
      verb={t(`${deed}_verb`)}
      isBusy={way.isPending}
      trouble={trouble}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <p>{t(`${deed}_body`, { system })}</p>
      <TextArea label={t("reason")} name="reason" isRequired value={reason} onChange={setReason} />
    </FormDialog>
  );
}
