import { useTranslation } from "react-i18next";
import { Button, Dialog } from "~/ui/primitives";

interface RemoveRuleProps {
  name: string;
  onRemove: () => void;
  onClose: () => void;
}

/** Asks before a rule is taken away. */
export function RemoveRule({ name, onRemove, onClose }: RemoveRuleProps) {
  const { t } = useTranslation("bookingrules");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("remove_title", { name })}
      actions={
        <>
          <Button size="form" onPress={onClose} autoFocus>
            {t("keep")}
          </Button>
          <Button size="form" variant="danger-fill" onPress={onRemove}>
            {t("remove_verb")}
          </Button>
        </>
      }
    >
      <p>{t("remove_body")}</p>
    </Dialog>
  );
}
