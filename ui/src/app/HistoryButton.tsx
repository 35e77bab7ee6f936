import { History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { goTo } from "~/domain/places";
import { useMay } from "~/ipc/session";
import { IconButton } from "~/ui/primitives";

/** Opens the audit with everything about one thing, named as `invoice/<id>`. */
export function HistoryButton({ about }: { about: string }) {
  const { t } = useTranslation();
  const may = useMay("audit");
  const open = () => goTo(`/audit?about=${encodeURIComponent(about)}`);
  useCommands([
    {
      id: "screen.history",
      title: () => t("history"),
      group: "screen",
      keys: "h",
      icon: History,
      when: () => may,
      run: open,
    },
  ]);
  return may ? <IconButton icon={History} label={t("history")} onPress={open} /> : null;
}
