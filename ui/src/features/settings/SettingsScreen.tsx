import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page, PageHead, Tabs } from "~/ui/primitives";
import { BookPart } from "./BookPart";
import { DisplayPart } from "./DisplayPart";
import { FilesPart } from "./FilesPart";
import { PricesPart } from "./PricesPart";
import { RemindersPart } from "./RemindersPart";
import { type SettingsTab, settingsRoute, TABS } from "./routes";
import { SchoolPart } from "./SchoolPart";
import { SeriesPart } from "./SeriesPart";
import { UsersPart } from "./UsersPart";
import { VatPart } from "./VatPart";

const PARTS: Record<SettingsTab, () => ReactNode> = {
  display: DisplayPart,
  school: SchoolPart,
  prices: PricesPart,
  vat: VatPart,
  series: SeriesPart,
  reminders: RemindersPart,
  files: FilesPart,
  users: UsersPart,
  book: BookPart,
};

/** How the window looks, what the school sells, files in and out, and the book itself. */
export function SettingsScreen() {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const tab: SettingsTab = settingsRoute.useSearch().tab ?? "display";
  const Part = PARTS[tab];
  return (
    <Page>
      <PageHead title={t("title")} />
      <Tabs<SettingsTab>
        label={t("title")}
        tabs={TABS.map((id) => ({ id, name: t(`tab_${id}`) }))}
        value={tab}
        onChange={(next) =>
          void navigate({ to: "/settings", search: { tab: next }, replace: true })
        }
      >
        <Part />
      </Tabs>
    </Page>
  );
}
