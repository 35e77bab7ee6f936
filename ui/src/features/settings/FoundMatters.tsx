import { ChevronRight } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, EmptyState, Icon, Scroll } from "~/ui/primitives";
import { type Matter, tabName, wordsOf } from "./matters";
import s from "./Settings.module.css";

interface FoundMattersProps {
  matters: readonly Matter[];
  onChoose: (matter: Matter) => void;
  onClear: () => void;
}

/** What a search in the settings found, each with the tab it stands in. */
export function FoundMatters({ matters, onChoose, onClear }: FoundMattersProps) {
  const { t } = useTranslation(["settings", "common"]);
  if (matters.length === 0)
    return (
      <EmptyState
        kind="no_match"
        title={t("no_setting")}
        action={<Button onPress={onClear}>{t("common:clear")}</Button>}
      />
    );
  return (
    <Scroll>
      <ul className={s.found} aria-label={t("found_settings")}>
        {matters.map((matter) => (
          <li key={`${matter.tab} ${matter.title}`}>
            <AriaButton className={s.foundMatter} onPress={() => onChoose(matter)}>
              <span className={s.foundWords}>
                <b>{wordsOf(matter.title)}</b>
                {matter.about && <span className="t2">{wordsOf(matter.about)}</span>}
              </span>
              <span className="t3 nowrap">{tabName(matter.tab)}</span>
              <Icon of={ChevronRight} size={14} />
            </AriaButton>
          </li>
        ))}
      </ul>
    </Scroll>
  );
}
