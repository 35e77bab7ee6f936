import { Fragment, type ReactNode } from "react";
import s from "./Facts.module.css";

export interface Fact {
  label: string;
  value: ReactNode;
}

/** What is known about one thing. `beside` puts the label left of the value, `over` above it. */
export function Facts({
  facts,
  look = "beside",
}: {
  facts: readonly Fact[];
  look?: "beside" | "over";
}) {
  return (
    <dl className={s[look]}>
      {facts.map(({ label, value }) => (
        <Fragment key={label}>
          {look === "over" ? (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : (
            <>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </>
          )}
        </Fragment>
      ))}
    </dl>
  );
}

export interface FigureProps {
  label: string;
  value: ReactNode;
  /** The currency, set small in front. */
  unit?: string;
  /** `page` for the one figure of a page, `strip` for several in a row. */
  size?: "page" | "strip";
  tone?: "credit" | "danger" | "success";
}

/** A figure large enough to be read first. A page has one, or one strip of them. */
export function Figure({ label, value, unit, size = "strip", tone }: FigureProps) {
  return (
    <div className={s.figure}>
      <div className={s.figureLabel}>{label}</div>
      <div className={size === "page" ? s.figurePage : s.figureStrip} data-tone={tone}>
        {unit && <small>{unit}</small>}
        {value}
      </div>
    </div>
  );
}
