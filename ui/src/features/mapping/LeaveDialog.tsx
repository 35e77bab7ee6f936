import { useTranslation } from "react-i18next";
import { Button, Dialog } from "~/ui/primitives";

export interface LeaveDialogProps {
  count: number;
  isBusy: boolean;
  onSave: () => void;
  onDiscard: () => void;
  onStay: () => void;
}

/** Asked once when somebody leaves with changes that are not saved. */
export function LeaveDialog({ count, isBusy, onSave, onDiscard, onStay }: LeaveDialogProps) {
  const { t } = useTranslation("mapping");
  return (
    <Dialog
      isOpen
      role="alertdialog"
      onClose={onStay}
      isBusy={isBusy}
      title={t("leave_title")}
      actions={
        <>
          <Button size="form" onPress={onStay} autoFocus>
            {t("leave_stay")}
          </Button>
          <Button size="form" onPress={onDiscard}>
            {t("leave_discard")}
          </Button>
          <Button size="form" variant="primary" onPress={onSave} isBusy={isBusy}>
            {t("leave_save")}
          </Button>
        </>
      }
    >
      <p>{t("leave_body", { count })}</p>
    </Dialog>
  );
}
