import type { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button, Dialog } from "~/ui/primitives";

interface LeaveDialogProps {
  blocker: ReturnType<typeof useBlocker>;
  /** Keeps the draft, then does what is given; does not when it could not be kept. */
  onSave: (andThen: () => void) => void;
  isSaving: boolean;
}

/** Asks once what becomes of a draft that is not saved. */
export function LeaveDialog({ blocker, onSave, isSaving }: LeaveDialogProps) {
  const { t } = useTranslation("invoices");
  if (blocker?.status !== "blocked") return null;
  return (
    <Dialog
      isOpen
      onClose={blocker.reset}
      role="alertdialog"
      title={t("leave_title")}
      actions={
        <>
          <Button size="form" variant="danger" onPress={blocker.proceed}>
            {t("discard")}
          </Button>
          <Button size="form" autoFocus onPress={blocker.reset}>
            {t("stay")}
          </Button>
          <Button
            size="form"
            variant="primary"
            isBusy={isSaving}
            onPress={() => onSave(blocker.proceed)}
          >
            {t("save_and_leave")}
          </Button>
        </>
      }
    >
      <p>{t("leave_body")}</p>
    </Dialog>
  );
}
