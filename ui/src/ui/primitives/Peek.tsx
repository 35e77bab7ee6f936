import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button";
import s from "./Peek.module.css";

export interface PeekProps {
  title: ReactNode;
  /** Stands beside the title, such as a pill. */
  badge?: ReactNode;
  onClose: () => void;
  /** Walk the list beside it; left out for a panel that belongs to no list. */
  onPrevious?: () => void;
  onNext?: () => void;
  actions?: ReactNode;
  /** Verbs at the foot. */
  foot?: ReactNode;
  children: ReactNode;
}

/** One thing beside the list it comes from. Not a dialog: the list stays in use. */
export function Peek(props: PeekProps) {
  const { title, badge, onClose, onPrevious, onNext, actions, foot, children } = props;
  const { t } = useTranslation();
  const titleId = useId();
  const latestClose = useRef(onClose);
  latestClose.current = onClose;
  useEffect(() => {
    function onKeyDown(e: KeyboardEvent) {
      // Something above the panel that closes by Escape has already taken the key.
      if (e.key !== "Escape" || e.defaultPrevented || e.isComposing) return;
      if (document.querySelector("[data-layer], [role=dialog], [role=alertdialog]")) return;
      latestClose.current();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <aside className={s.peek} aria-labelledby={titleId}>
      <header className={s.head}>
        <h2 id={titleId} className={s.title}>
          {title}
        </h2>
        {badge}
        <div className={s.end}>
          {onPrevious && <IconButton icon={ChevronUp} label={t("previous")} onPress={onPrevious} />}
          {onNext && <IconButton icon={ChevronDown} label={t("next")} onPress={onNext} />}
          {actions}
          <IconButton icon={X} label={t("close")} onPress={onClose} />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys */}
      <section className={s.body} tabIndex={0} aria-labelledby={titleId}>
        {children}
      </section>
      {foot && <footer className={s.foot}>{foot}</footer>}
    </aside>
  );
}

export interface PanelSectionProps {
  title?: ReactNode;
  end?: ReactNode;
  children: ReactNode;
}

/** A part of a panel, set apart by a thin line. */
export function PanelSection({ title, end, children }: PanelSectionProps) {
  return (
    <section className={s.section}>
      {(title || end) && (
        <h3 className={s.sectionHead}>
          {title}
          {end !== undefined && <span className={s.sectionEnd}>{end}</span>}
        </h3>
      )}
      {children}
    </section>
  );
}
