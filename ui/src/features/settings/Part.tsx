import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import s from "./Settings.module.css";

/** The heading somebody searched for; its part is brought into view. */
export const WantedPart = createContext<string | undefined>(undefined);

interface PartProps {
  title: string;
  /** What it is for, in one or two sentences. */
  about?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings: its name and meaning at the left, the controls at the right. */
export function Part({ title, about, children }: PartProps) {
  const part = useRef<HTMLElement>(null);
  const isWanted = useContext(WantedPart) === title;
  useEffect(() => {
    if (!isWanted) return;
    part.current?.scrollIntoView({ block: "center" });
    part.current?.focus({ preventScroll: true });
  }, [isWanted]);
  return (
    <section
      ref={part}
      className={s.part}
      tabIndex={-1}
      aria-label={title}
      data-wanted={isWanted || undefined}
    >
      <div className={s.partAbout}>
        <h2>{title}</h2>
        {about && <p className="t2">{about}</p>}
      </div>
      <div className={s.partBody}>{children}</div>
    </section>
  );
}
