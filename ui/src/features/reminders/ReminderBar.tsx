import { useTranslation } from "react-i18next";
import { useStudentFilter } from "~/ui/list/commonFilters";
import { FilterBar } from "~/ui/list/FilterBar";
import type { Filter, Narrowing } from "~/ui/list/filters";
import { useViews } from "~/ui/list/useViews";
import { ViewsMenu } from "~/ui/list/ViewsMenu";
import { useLevelName } from "./levels";
import { LEVELS, WHYS } from "./narrowed";
import { PASSING, type RemindersSearch, type RemindersTab } from "./routes";

interface ReminderBarProps {
  tab: RemindersTab;
  search: RemindersSearch;
  onNarrow: (change: Narrowing) => void;
  onShow: (address: RemindersSearch) => void;
}

/** What narrows the part that is shown, and the views that were kept of the screen. */
export function ReminderBar({ tab, search, onNarrow, onShow }: ReminderBarProps) {
  const { t } = useTranslation("reminders");
  const levelName = useLevelName();
  const views = useViews({ list: "reminders", address: search, except: PASSING, onShow });
  const own: Record<RemindersTab, Filter> = {
    due: {
      id: "level",
      name: t("level"),
      look: "choice",
      keys: ["level"],
      options: LEVELS.map((id) => ({ id, name: levelName(id) })),
    },
    left_out: {
      id: "why",
      name: t("why"),
      look: "choice",
      keys: ["why"],
      options: WHYS.map((id) => ({ id, name: t(`left_out_${id}`) })),
    },
    made: {
      id: "made",
      name: t("state"),
      look: "choice",
      keys: ["made"],
      options: [{ id: "unsent", name: t("unsent") }],
    },
  };
  return (
    <FilterBar
      label={t("filters")}
      address={search}
      filters={[useStudentFilter(search, "of"), own[tab]]}
      onNarrow={onNarrow}
      lead={<ViewsMenu views={views} />}
    />
  );
}
