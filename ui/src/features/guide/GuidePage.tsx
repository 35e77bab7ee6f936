import { MapPin } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Language } from "~/domain/dates";
import { goTo } from "~/domain/places";
import { usePreferences } from "~/ui/preferences";
import { Button, Kbd } from "~/ui/primitives";
import { pageOf, wordIn } from "./content";
import s from "./Guide.module.css";
import { turnTo } from "./open";
import { taskOf } from "./pages";
import { pointAt } from "./point";
import { CONTROLS, type Page, type Part, partsOf, wordKey } from "./words";

/** The page of one task: when it is needed, what to do step by step, and what is good to know. */
export function GuidePage({ id }: { id: string }) {
  const { t } = useTranslation("guide");
  const language = usePreferences((p) => p.language);
  const page = pageOf(id, language);
  const go = taskOf(id)?.go ?? "/";
  function show() {
    goTo(go);
    const word = firstWord(page, language);
    if (word !== undefined) pointAt(word);
  }
  return (
    <article className={s.page}>
      <h3 className={s.title}>{page.title}</h3>
      <p className={s.about}>
        <Words text={page.about} />
      </p>
      <ol className={s.steps}>
        {page.steps.map((step) => (
          <li key={step}>
            <Words text={step} />
          </li>
        ))}
      </ol>
      <Button icon={MapPin} onPress={show}>
        {t("show_where")}
      </Button>
      {page.notes.length > 0 && (
        <section className={s.notes}>
          <h4 className={s.notesName}>{t("good_to_know")}</h4>
          <ul>
            {page.notes.map((note) => (
              <li key={note}>
                <Words text={note} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

/** What is used first on the screen that the page is about. */
function firstWord(page: Page, language: Language): string | undefined {
  const parts = page.steps.flatMap(partsOf);
  const first = parts.find(
    (part) => part.kind !== "screen" && (CONTROLS as readonly string[]).includes(part.kind),
  );
  const key = first && wordKey(first);
  return key && wordIn(key, language);
}

/** A text in which the words of the screen stand out. */
function Words({ text }: { text: string }) {
  return partsOf(text).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its parts
    <Word key={at} part={part} />
  ));
}

function Word({ part }: { part: Part }) {
  const language = usePreferences((p) => p.language);
  if (part.kind === "text") return part.text;
  if (part.kind === "keys")
    return (
      <>
        <Kbd keys={part.key} />
        <span className="sr">{part.key}</span>
      </>
    );
  if (part.kind === "page")
    return (
      <AriaButton className={s.link} onPress={() => turnTo(part.key)}>
        {pageOf(part.key, language).title}
      </AriaButton>
    );
  const key = wordKey(part);
  return key === undefined ? null : <b className={s.word}>{wordIn(key, language)}</b>;
}
