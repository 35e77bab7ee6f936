import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { faultText } from "~/ipc/errors";
import type { PackageNotExtended } from "~/ipc/gen/PackageNotExtended";
import { useDone } from "~/ipc/hooks";
import { ExtendDialog } from "~/ui/packages/ExtendDialog";
import { usePreferences } from "~/ui/preferences";
import { Progress, toast } from "~/ui/primitives";
import { useExtendMany } from "./api";

interface ExtendManyProps {
  ids: string[];
  onClose: () => void;
  onDone: () => void;
}

/** What an extension was refused for, as a dialog would say it. */
const why = ({ rule, params }: PackageNotExtended) =>
  faultText({ code: "invalid", rule, params, message: rule });

/** Gives many packages the same later last day; what cannot last until then is told. */
export function ExtendMany({ ids, onClose, onDone }: ExtendManyProps) {
  const { t } = useTranslation(["packages", "common"]);
  const { language } = usePreferences();
  const extend = useExtendMany();
  const progress = useDone("extend_packages");
  const count = ids.length;
  return (
    <ExtendDialog
      title={t("extend_many_title", { count })}
      verb={t("extend_many", { count })}
      isBusy={extend.isPending}
      error={extend.error}
      onClose={onClose}
      onConfirm={(wish) =>
        extend.mutate(
          { ...wish, entitlement_ids: ids },
          {
            onSuccess: ({ extended, refused }) => {
              const until = formatDate(wish.until, "long", language);
              const done = t("extended_many", { count: extended, until });
              const [first] = refused;
              const left = first && t("not_extended", { count: refused.length, why: why(first) });
              toast({
                tone: first ? "warning" : "success",
                text: [done, left].filter(Boolean).join(" "),
              });
              onDone();
              onClose();
            },
          },
        )
      }
    >
      {extend.isPending && progress && (
        <Progress
          {...progress}
          label={t("common:work_extend_packages")}
          countText={t("common:work_count", { ...progress })}
        />
      )}
    </ExtendDialog>
  );
}
