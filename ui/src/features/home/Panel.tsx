import type { ReactNode } from "react";
import { SkeletonLines } from "~/ui/primitives";
import s from "./Home.module.css";

interface PanelProps {
  id: string;
  title: string;
  sub?: string;
  /** A link to where all of it stands. */
  more?: ReactNode;
  isWaiting: boolean;
  children: ReactNode;
}

/** One matter of the home page under its name. */
export function Panel({ id, title, sub, more, isWaiting, children }: PanelProps) {
  return (
    <section className={s.panel} aria-labelledby={id}>
      <header className={s.panelHead}>
        <h2 id={id}>{title}</h2>
        {sub && <span className={`t3 clip ${s.panelSub}`}>{sub}</span>}
        {more && <span className={s.more}>{more}</span>}
      </header>
      {isWaiting ? (
        <div className={s.waiting}>
          <SkeletonLines count={5} />
        </div>
      ) : (
        children
      )}
    </section>
  );
}
