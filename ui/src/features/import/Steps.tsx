import { useTranslation } from "react-i18next";
import s from "./Import.module.css";

export const STEPS = ["file", "columns", "dry_run", "done"] as const;
export type Step = (typeof STEPS)[number];

/** Where a person is between choosing a file and having it in the book. */
export function Steps({ at }: { at: Step }) {
  const { t } = useTranslation("import");
  const place = STEPS.indexOf(at);
  return (
    <ol className={s.steps} aria-label={t("steps")}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === at ? "step" : undefined}
          data-past={index < place || undefined}
        >
          <span className="num">{index + 1}</span>
          {t(`step_${step}`)}
        </li>
      ))}
    </ol>
  );
}
