import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { formatAmount, isZero } from "~/domain/money";
import type { EntitlementView } from "~/ipc/gen/EntitlementView";
import { ExtendDialog } from "~/ui/packages/ExtendDialog";
import { usePreferences } from "~/ui/preferences";
import { Note, toast } from "~/ui/primitives";
import { useExtend } from "./api";

/** Gives one package a later last day; one that has expired can be drawn on again. */
export function ExtendOne({ of, onClose }: { of: EntitlementView; onClose: () => void }) {
  const { t } = useTranslation("packages");
  const { language } = usePreferences();
  const extend = useExtend();
  return (
    <ExtendDialog
      title={t("extend_title", { name: of.name })}
      verb={t("extend")}
      before={of.valid_until}
      isBusy={extend.isPending}
      error={extend.error}
      onClose={onClose}
      onConfirm={(wish) =>
        extend.mutate(
          { ...wish, entitlement_id: of.id },
          {
            onSuccess: () => {
              const until = formatDate(wish.until, "long", language);
              toast({ text: t("extended", { name: of.name, until }) });
              onClose();
            },
          },
        )
      }
    >
      {!isZero(of.lapsed) && (
        <Note tone="info">{t("extend_revives", { amount: formatAmount(of.lapsed) })}</Note>
      )}
    </ExtendDialog>
  );
}
