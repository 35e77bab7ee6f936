import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page, PageHead, SearchField, Tabs } from "~/ui/primitives";
import { BookPart } from "./BookPart";
import { DisplayPart } from "./DisplayPart";
import { ExchangePart } from "./ExchangePart";
import { FilesPart } from "./FilesPart";
import { FoundMatters } from "./FoundMatters";
import { MilestonesPart } from "./MilestonesPart";
import { foundMatters, type Matter, wordsOf } from "./matters";
import { OwingPart } from "./OwingPart";
import { WantedPart } from "./Part";
import { PricesPart } from "./PricesPart";
import { RemindersPart } from "./RemindersPart";
import { type SettingsTab, settingsRoute, TABS } from "./routes";
import { SchoolPart } from "./SchoolPart";
import { SeriesPart } from "./SeriesPart";
import s from "./Settings.module.css";
import { UsersPart } from "./UsersPart";
import { VatPart } from "./VatPart";

const PARTS: Record<SettingsTab, () => ReactNode> = {
  display: DisplayPart,
  school: SchoolPart,
  prices: PricesPart,
  vat: VatPart,
  exchange: ExchangePart,
  series: SeriesPart,
  milestones: MilestonesPart,
  reminders: RemindersPart,
  owing: OwingPart,
  files: FilesPart,
  users: UsersPart,
  book: BookPart,
};

/** How the window looks, what the school sells, files in and out, and the book itself. */
export function SettingsScreen() {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const { tab: named, at } = settingsRoute.useSearch();
  const tab: SettingsTab = named ?? "display";
  const [query, setQuery] = useState("");
  const found = foundMatters(query);
  const Part = PARTS[tab];
  const show = (next: { tab: SettingsTab; at?: string }) => {
    setQuery("");
    void navigate({ to: "/settings", search: next, replace: true });
  };
  return (
    <Page>
      <PageHead
        title={t("title")}
        actions={
          <Search
            query={query}
            onChange={setQuery}
            onTake={() => found[0] && show(wish(found[0]))}
          />
        }
      />
      {query.trim() === "" ? (
        <Tabs<SettingsTab>
          label={t("title")}
          tabs={TABS.map((id) => ({ id, name: t(`tab_${id}`) }))}
          value={tab}
          onChange={(next) => show({ tab: next })}
        >
          <WantedPart value={at === undefined ? undefined : wordsOf(at)}>
            <Part />
          </WantedPart>
        </Tabs>
      ) : (
        <FoundMatters
          matters={found}
          onChoose={(matter) => show(wish(matter))}
          onClear={() => setQuery("")}
        />
      )}
    </Page>
  );
}

const wish = ({ tab, title }: Matter) => ({ tab, at: title });

interface SearchProps {
  query: string;
  onChange: (query: string) => void;
  /** Enter takes the first that is found. */
  onTake: () => void;
}

function Search({ query, onChange, onTake }: SearchProps) {
  const { t } = useTranslation("settings");
  return (
    <search className={s.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onTake();
        }}
      >
        <SearchField
          label={t("search_settings")}
          placeholder={t("search_settings")}
          value={query}
          onChange={onChange}
        />
      </form>
    </search>
  );
}
