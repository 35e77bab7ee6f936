import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "~/app/Mark";
import { LANGUAGES } from "~/i18n";
import { usePreferences } from "~/ui/preferences";
import { Segmented } from "~/ui/primitives";
import { useSchools } from "./api";
import { SchoolMenu } from "./SchoolMenu";
import s from "./Start.module.css";

interface FrameProps {
  children: ReactNode;
  word?: string;
  /** Something is half typed, and lost where the desk turns to another school. */
  isHalfTyped?: boolean;
}

/** The bar above everything that comes before the office: the sign and the language. */
export function Frame({ children, word, isHalfTyped }: FrameProps) {
  const { t } = useTranslation();
  const { language, set } = usePreferences();
  const work = useId();
  const schools = useSchools().data?.schools ?? [];
  const inUse = schools.find((school) => school.in_use);
  return (
    <div className={s.frame}>
      <header className={s.bar}>
        <Mark />
        <b>Kontor</b>
        {word && <span className="t2">{word}</span>}
        {schools.length > 0 && (
          <SchoolMenu isHalfTyped={isHalfTyped}>
            {inUse?.name ?? t("new_school", { ns: "start" })}
          </SchoolMenu>
        )}
        <div className={s.barEnd}>
          <Segmented
            label={t("language")}
            options={LANGUAGES.map((id) => ({ id, name: t(`language_${id}`) }))}
            value={language}
            onChange={(chosen) => set({ language: chosen })}
          />
        </div>
      </header>
      <main id={work} className={s.work}>
        {children}
      </main>
    </div>
  );
}
