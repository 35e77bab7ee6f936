import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "~/domain/dates";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import { ConfirmDialog, DateField, Day, Facts, Note, TextField } from "../primitives";

/** What is asked for: the id makes pressing twice one extension. */
export interface ExtensionWish {
  id: string;
  until: string;
  reason: string;
}

interface ExtendDialogProps {
  title: string;
  verb: string;
  /** The last day so far, where it is one package. */
  before?: string | null;
  isBusy: boolean;
  error: Error | null;
  onConfirm: (wish: ExtensionWish) => void;
  onClose: () => void;
  /** What else follows from it. */
  children?: ReactNode;
}

/** Asks for a later last day and why, for one package or many. */
export function ExtendDialog(props: ExtendDialogProps) {
  const { before, error, onConfirm, onClose, children } = props;
  const { t } = useTranslation("packages");
  const { today } = useDesk();
  const [id] = useState(() => crypto.randomUUID());
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const refused = fieldFaults(error, ["until", "reason"]);
  const missing = until === null ? t("need_until") : t("need_reason");
  const isReady = until !== null && reason.trim() !== "";
  const first = before && before >= today ? addDays(before, 1) : today;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={props.title}
      safeLabel={t("extend_keep")}
      verbLabel={props.verb}
      isBusy={props.isBusy}
      blockedReason={isReady ? undefined : missing}
      onConfirm={() => until !== null && onConfirm({ id, until, reason })}
    >
      <p className="t2">{t("extend_body")}</p>
      {before && (
        <Facts facts={[{ label: t("last_day_now"), value: <Day of={before} look="long" /> }]} />
      )}
      {children}
      {refused.elsewhere && <Note tone="danger">{refused.elsewhere}</Note>}
      <DateField
        label={t("last_day_new")}
        name="until"
        isRequired
        today={today}
        min={first}
        value={until}
        onChange={setUntil}
        error={refused.at.until}
      />
      <TextField
        label={t("reason")}
        name="reason"
        isRequired
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={refused.at.reason}
      />
    </ConfirmDialog>
  );
}
