import { type CSSProperties, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { cx } from "../primitives/cx";
import s from "./Chart.module.css";
import { type ChartProps, type ChartSlot, linePoints, nameStep } from "./data";

const percent = (thousandths: number) => `${thousandths / 10}%`;

/** What a slot says aloud: its name, and each of its figures. */
function spoken(slot: ChartSlot, names: ReadonlyMap<string, string>): string {
  const figures = slot.marks.map((m) => `${names.get(m.series)} ${formatAmount(m.amount)}`);
  return [slot.name, ...figures].join(", ");
}

/**
 * A picture of amounts over time. One stop of the Tab key; the arrows go from slot to slot, and each
 * says its figures. Whoever wants them as a table turns it over (`ChartPanel`).
 */
export function Chart({ label, data, look, onOpen, mostNames = 12 }: ChartProps) {
  const { t } = useTranslation();
  const { axis, series, slots } = data;
  const [active, setActive] = useState(slots.length - 1);
  const [shown, setShown] = useState<number | null>(null);
  const row = useRef<HTMLDivElement>(null);
  const names = new Map(series.map((of) => [of.id, of.name]));
  const step = nameStep(slots.length, mostNames);
  const stop = Math.min(active, slots.length - 1);

  function go(to: number) {
    const at = Math.max(0, Math.min(slots.length - 1, to));
    setActive(at);
    row.current?.querySelectorAll<HTMLElement>("[data-slot]")[at]?.focus();
  }
  const steps = (at: number): Record<string, number> => ({
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: slots.length - 1,
  });
  const seen = shown === null ? undefined : slots[shown];
  return (
    <figure className={s.chart} aria-label={label}>
      <div className={s.plot}>
        {axis.ticks.map(({ at, amount }) => (
          <div key={at} className={s.tick} style={{ bottom: percent(at) }} aria-hidden>
            <span>{roundAmount(formatAmount(amount))}</span>
          </div>
        ))}
        <div className={s.zero} style={{ bottom: percent(axis.zero) }} aria-hidden />
        {look === "lines" && <Lines data={data} />}
        <div
          ref={row}
          className={s.slots}
          role="toolbar"
          aria-label={t("chart_figures", { label })}
          onMouseLeave={() => setShown(null)}
        >
          {slots.map((slot, at) => (
            <button
              key={slot.id}
              type="button"
              data-slot
              className={s.slot}
              tabIndex={at === stop ? 0 : -1}
              aria-label={spoken(slot, names)}
              aria-disabled={onOpen === undefined || undefined}
              onClick={() => onOpen?.(slot)}
              onFocus={() => {
                setActive(at);
                setShown(at);
              }}
              onBlur={() => setShown(null)}
              onMouseEnter={() => setShown(at)}
              onKeyDown={(e) => {
                const to = steps(at)[e.key];
                if (to === undefined) return;
                e.preventDefault();
                go(to);
              }}
            >
              <Marks slot={slot} data={data} look={look} />
            </button>
          ))}
        </div>
        {seen && <Readout slot={seen} data={data} place={((shown ?? 0) + 0.5) / slots.length} />}
      </div>
      <div className={s.names} aria-hidden>
        {slots.map((slot, at) => (
          <span key={slot.id}>{at % step === 0 && <span>{slot.short}</span>}</span>
        ))}
      </div>
    </figure>
  );
}

/** Ticks are round: their decimals are left out where all are nothing. */
const roundAmount = (text: string): string => text.replace(/[.,]0+$/, "");

interface MarksProps {
  slot: ChartSlot;
  data: ChartProps["data"];
  look: ChartProps["look"];
}

function Marks({ slot, data, look }: MarksProps) {
  const place = (from: number, to: number): CSSProperties => ({
    bottom: percent(Math.min(from, to)),
    height: percent(Math.abs(to - from)),
  });
  if (look === "lines")
    return slot.marks.map((m) => (
      <span
        key={m.series}
        className={s.dot}
        data-tone={toneOf(data, m.series)}
        style={{ bottom: percent(m.at) }}
      />
    ));
  return (
    <span className={cx(s.bars, look === "stack" && s.stack)}>
      {slot.marks.map((m) => (
        <span key={m.series} className={s.lane}>
          <span data-tone={toneOf(data, m.series)} style={place(m.from, m.at)} />
        </span>
      ))}
    </span>
  );
}

const toneOf = (data: ChartProps["data"], series: string) =>
  data.series.find((of) => of.id === series)?.tone;

function Lines({ data }: { data: ChartProps["data"] }) {
  return (
    <svg className={s.lines} viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden>
      {data.series.map((of) => (
        <polyline key={of.id} data-tone={of.tone} points={linePoints(data, of.id)} />
      ))}
    </svg>
  );
}

interface ReadoutProps {
  slot: ChartSlot;
  data: ChartProps["data"];
  /** From 0 at the left to 1 at the right. */
  place: number;
}

/** The figures of the slot that is pointed at, on the side that has more room. */
function Readout({ slot, data, place }: ReadoutProps) {
  const side = place > 0.5 ? { right: `${(1 - place) * 100}%` } : { left: `${place * 100}%` };
  return (
    <div className={s.readout} data-side={place > 0.5 ? "end" : "start"} style={side} aria-hidden>
      <b>{slot.name}</b>
      {slot.marks.map((m) => (
        <span key={m.series} className={s.figure}>
          <i data-tone={toneOf(data, m.series)} />
          <span>{data.series.find((of) => of.id === m.series)?.name}</span>
          <span className="num">{formatAmount(m.amount)}</span>
        </span>
      ))}
    </div>
  );
}
