import type { ReactNode } from "react";
import s from "./Settings.module.css";

interface PartProps {
  title: string;
  /** What it is for, in one or two sentences. */
  about?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings: its name and meaning at the left, the controls at the right. */
export function Part({ title, about, children }: PartProps) {
  return (
    <section className={s.part}>
      <div className={s.partAbout}>
        <h2>{title}</h2>
        {about && <p className="t2">{about}</p>}
      </div>
      <div className={s.partBody}>{children}</div>
    </section>
  );
}
