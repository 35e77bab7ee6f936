import { useTranslation } from "react-i18next";
import type { RecurringRow } from "~/ipc/gen/RecurringRow";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import { Pill } from "~/ui/primitives";
import { LAST_DAY } from "./form";

/** How often, in words. */
export function useRhythmText() {
  const { t } = useTranslation("recurring");
  return ({ rhythm, every, day }: Pick<SaveRecurring, "rhythm" | "every" | "day">): string => {
    if (rhythm === "weekly") return t("rhythm_weeks", { count: every });
    const months = t("rhythm_months", { count: every });
    return day === LAST_DAY ? t("on_last", { months }) : t("on_day", { months, day });
  };
}

/** The same in a cell. */
export function Rhythm({ of }: { of: SaveRecurring }) {
  return <>{useRhythmText()(of)}</>;
}

const LOOKS = {
  active: { tone: "success", shape: "open" },
  paused: { tone: "warning", shape: "part" },
  ended: { tone: "neutral", shape: "void" },
} as const;

/** Whether it goes on. */
export function StatePill({ state, isHeader }: { state: string; isHeader?: boolean }) {
  const { t } = useTranslation("recurring");
  const look = LOOKS[state as keyof typeof LOOKS] ?? LOOKS.ended;
  return (
    <Pill {...look} isQuiet={!isHeader}>
      {t(`state_${state as "active"}`)}
    </Pill>
  );
}

/** The first of those it is for, and how many more. */
export function StudentNames({ row }: { row: RecurringRow }) {
  const { t } = useTranslation("recurring");
  const [first, ...more] = row.students;
  const names = row.students.map((student) => student.name).join(", ");
  return (
    <span className="clip" title={names}>
      {first?.name}
      {more.length > 0 && <span className="t2"> {t("and_more", { count: more.length })}</span>}
    </span>
  );
}
