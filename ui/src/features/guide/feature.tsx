import { BookOpen } from "lucide-react";
import { defineFeature } from "~/app/feature";
import { i18n } from "~/i18n";
import { usePreferences } from "~/ui/preferences";
import { Aside } from "./Aside";
import { HelpMenu } from "./HelpMenu";
import { askGuide, openGuide } from "./open";

/** A search of the palette shows the best few. */
const MOST_FOUND = 5;

async function findPages(query: string) {
  const { foundTasks, pageOf } = await import("./content");
  const { language } = usePreferences.getState();
  return foundTasks(query, language)
    .slice(0, MOST_FOUND)
    .map(({ id }) => ({
      id: `guide/${id}`,
      icon: BookOpen,
      label: pageOf(id, language).title,
      run: () => openGuide(id),
    }));
}

export default defineFeature({
  commands: [
    {
      id: "guide.screen",
      title: () => i18n.t("guide:about_screen"),
      group: "window",
      keys: "f1",
      icon: BookOpen,
      run: askGuide,
    },
    {
      id: "guide.all",
      title: () => i18n.t("guide:open_all"),
      group: "window",
      icon: BookOpen,
      run: () => openGuide(null),
    },
  ],
  sources: [{ id: "guide", title: () => i18n.t("guide:title"), search: findPages }],
  slots: { Aside, Help: HelpMenu },
});
