import { useTranslation } from "react-i18next";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import { Note } from "~/ui/primitives";
import { useDates } from "./api";
import { DatesTable } from "./Made";
import s from "./Recurring.module.css";

/** What comes of the template as it is typed: its next dates, what each comes to, what has come. */
export function Ahead({ template }: { template: SaveRecurring }) {
  const { t } = useTranslation("recurring");
  const isWhole = template.student_ids.length > 0 && template.lines.length > 0;
  const { data, error } = useDates(template, isWhole);
  const known = isWhole && !error ? data : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys
    <aside className={s.aside} aria-label={t("dates")} tabIndex={0}>
      <h2>{t("dates")}</h2>
      {known ? (
        <>
          {known.due > 0 && (
            <div className={s.come}>
              <Note tone="info">
                {t(template.issue ? "due_issue" : "due_draft", { count: known.due })}
              </Note>
            </div>
          )}
          <DatesTable dates={known.dates} />
          <p className="t2">
            {known.all === null ? t("goes_on") : t("dates_in_all", { count: known.all })}
          </p>
        </>
      ) : (
        <p className="t2">{t("dates_wait")}</p>
      )}
    </aside>
  );
}
