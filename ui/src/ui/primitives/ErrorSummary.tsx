import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import s from "./ErrorSummary.module.css";
import { Icon } from "./Icon";

export interface FieldProblem {
  /** The `name` of the field; choosing the line puts the focus there. */
  name: string;
  text: string;
}

/** Puts the focus in the field of that `name`. */
export function focusField(name: string): void {
  const field = document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
  // A select keeps its name on a hidden element; its button is what can be focused.
  const target = field
    ?.closest("[data-rac]")
    ?.querySelector<HTMLElement>("input, textarea, button");
  (target ?? field)?.focus();
}

/** Everything that stands in the way, above the form. Takes the focus when it appears. */
export function ErrorSummary({ problems }: { problems: readonly FieldProblem[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  const isShown = problems.length > 0;
  useEffect(() => {
    if (isShown) box.current?.focus();
  }, [isShown]);
  if (!isShown) return null;
  return (
    <section ref={box} className={s.summary} tabIndex={-1} role="alert">
      <Icon of={CircleAlert} />
      <div>
        <b>{t("error_summary", { count: problems.length })}</b>
        <ul>
          {problems.map(({ name, text }) => (
            <li key={`${name} ${text}`}>
              <button type="button" className={s.line} onClick={() => focusField(name)}>
                {text}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
