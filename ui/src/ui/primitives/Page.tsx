import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import s from "./Page.module.css";

export interface PageHeadProps {
  title: ReactNode;
  /** Said once, dimmed, beside the name. */
  sub?: ReactNode;
  /** The way up: a link to the list this page belongs to. */
  crumb?: ReactNode;
  badge?: ReactNode;
  /** Buttons at the right, the primary verb last. */
  actions?: ReactNode;
}

export function PageHead({ title, sub, crumb, badge, actions }: PageHeadProps) {
  return (
    <header className={s.head}>
      {crumb && (
        <span className={s.crumb}>
          {crumb}
          <Icon of={ChevronRight} size={14} />
        </span>
      )}
      <h1 className={s.title} title={typeof title === "string" ? title : undefined}>
        {title}
      </h1>
      {badge}
      {sub && <span className={s.sub}>{sub}</span>}
      {actions && <div className={s.end}>{actions}</div>}
    </header>
  );
}

/** Filters and view controls above the work. */
export function Toolbar({ children, end, label }: BarProps) {
  return (
    <div className={s.toolbar} role="toolbar" aria-label={label}>
      {children}
      {end && <div className={s.end}>{end}</div>}
    </div>
  );
}

interface BarProps {
  children?: ReactNode;
  end?: ReactNode;
  label: string;
}

/** A thin line between groups of a bar. */
export function BarRule() {
  return <span className={s.rule} aria-hidden />;
}

/** The fixed foot of a list: its count at the left, what it is as of at the right. */
export function FootBar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <footer className={s.foot}>
      {children}
      {end && <div className={s.end}>{end}</div>}
    </footer>
  );
}

/** The fixed foot of a task: its figures at the left, its verb at the right. */
export function ActionBar({ children, actions }: { children?: ReactNode; actions: ReactNode }) {
  return (
    <footer className={s.action}>
      {children}
      <div className={s.end}>{actions}</div>
    </footer>
  );
}

/** Shown above the foot while rows are selected. */
export function BulkBar({ children, end, label }: BarProps) {
  return (
    <div className={s.bulk} role="toolbar" aria-label={label}>
      {children}
      {end && <div className={s.end}>{end}</div>}
    </div>
  );
}

/** A whole screen: head, bars, work and foot on top of one another. */
export function Page({ children }: { children: ReactNode }) {
  return <div className={s.page}>{children}</div>;
}

/** The work and what stands beside it. */
export function Split({ children }: { children: ReactNode }) {
  return <div className={s.split}>{children}</div>;
}

interface ScrollProps {
  children: ReactNode;
  width?: "narrow" | "full";
  /** Names work that is only read: without a control inside, the keys must reach it itself. */
  label?: string;
}

/** Work that scrolls, with the gutter of the page; `narrow` for forms and settings. */
export function Scroll({ children, width, label }: ScrollProps) {
  const inner = <div className={s.scrollIn}>{children}</div>;
  if (label === undefined) {
    return (
      <div className={s.scroll} data-width={width}>
        {inner}
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys
    <section className={s.scroll} data-width={width} tabIndex={0} aria-label={label}>
      {inner}
    </section>
  );
}
