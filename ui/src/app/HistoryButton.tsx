import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { useMay } from "~/ipc/session";
import { IconButton } from "~/ui/primitives";

/** Opens the audit with everything about one thing, named as `invoice/<id>`. */
export function HistoryButton({ about }: { about: string }) {
  const { t } = useTranslation();
  if (!useMay("audit")) return null;
  return (
    <IconButton
      icon={History}
      label={t("history")}
      onPress={() => goTo(`/audit?about=${encodeURIComponent(about)}`)}
    />
  );
}
