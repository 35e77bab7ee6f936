import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";

/** What a level is called. The last one is a collection notice where Norwegian law names it so
    (inkassoloven § 9), and a final notice everywhere else. */
export function useLevelName(): (level: string) => string {
  const { t } = useTranslation("reminders");
  const { school } = useDesk();
  return (level) =>
    level === "final" && school?.country === "NO"
      ? t("collection_notice")
      : t(`level_${level}` as "level_first");
}
