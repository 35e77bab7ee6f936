import { CircleHelp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { openLayer } from "~/commands/layers";
import { IconButton, Menu } from "~/ui/primitives";
import { openGuide, taskHere } from "./open";

/** In the top bar: the guide, and the keys of the screen. */
export function HelpMenu() {
  const { t } = useTranslation(["guide", "common"]);
  const groups = [
    {
      id: "help",
      actions: [
        {
          id: "screen",
          label: t("about_screen"),
          keys: "f1",
          onAction: () => openGuide(taskHere()?.id ?? null),
        },
        { id: "all", label: t("all_pages"), onAction: () => openGuide(null) },
        {
          id: "keys",
          label: t("common:help"),
          keys: "?",
          onAction: () => openLayer("shortcuts"),
        },
      ],
    },
  ];
  return (
    <Menu
      label={t("title")}
      trigger={<IconButton icon={CircleHelp} label={t("title")} />}
      groups={groups}
    />
  );
}
