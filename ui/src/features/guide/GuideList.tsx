import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { usePreferences } from "~/ui/preferences";
import { EmptyState, SearchField } from "~/ui/primitives";
import { foundTasks, pageOf } from "./content";
import s from "./Guide.module.css";
import { taskHere, turnTo } from "./open";
import { SECTIONS, type Task } from "./pages";

/** All pages, by what they are about; a search narrows them. */
export function GuideList() {
  const { t } = useTranslation("guide");
  const language = usePreferences((p) => p.language);
  const [query, setQuery] = useState("");
  const found = foundTasks(query, language);
  return (
    <>
      <form
        className={s.search}
        onSubmit={(event) => {
          event.preventDefault();
          if (found[0]) turnTo(found[0].id);
        }}
      >
        <SearchField
          label={t("search")}
          placeholder={t("search")}
          value={query}
          onChange={setQuery}
          autoFocus
        />
      </form>
      {found.length === 0 && <EmptyState kind="no_match" title={t("no_match", { query })} />}
      {query.trim() === "" ? (
        SECTIONS.map((section) => (
          <section key={section} className={s.section}>
            <h3 className={s.sectionName}>{t(`section_${section}`)}</h3>
            <Pages tasks={found.filter((task) => task.section === section)} />
          </section>
        ))
      ) : (
        <section className={s.section}>
          <Pages tasks={found} />
        </section>
      )}
    </>
  );
}

function Pages({ tasks }: { tasks: readonly Task[] }) {
  const { t } = useTranslation("guide");
  const language = usePreferences((p) => p.language);
  const here = taskHere()?.id;
  return (
    <ul>
      {tasks.map(({ id }) => (
        <li key={id}>
          <AriaButton className={s.entry} onPress={() => turnTo(id)}>
            <span>{pageOf(id, language).title}</span>
            {id === here && <span className={s.here}>{t("this_screen")}</span>}
          </AriaButton>
        </li>
      ))}
    </ul>
  );
}
