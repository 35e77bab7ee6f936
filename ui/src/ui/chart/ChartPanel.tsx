import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Amount } from "../primitives/Amount";
import { Button } from "../primitives/Button";
import { Table } from "../primitives/Table";
import { Chart } from "./Chart";
import s from "./Chart.module.css";
import type { ChartProps, ChartSlot } from "./data";

interface ChartPanelProps extends ChartProps {
  title: ReactNode;
  sub?: ReactNode;
  /** A link to where all of it stands. */
  more?: ReactNode;
}

/** A chart under its name, which turns over into a table of the same figures. */
export function ChartPanel({ title, sub, more, ...chart }: ChartPanelProps) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  const { series } = chart.data;
  return (
    <div className={s.panel}>
      <header className={s.head}>
        <h2>{title}</h2>
        {sub && <span className={`t3 clip ${s.sub}`}>{sub}</span>}
        {series.length > 1 && (
          <ul className={s.legend}>
            {series.map((of) => (
              <li key={of.id}>
                <i data-tone={of.tone} aria-hidden />
                {of.name}
              </li>
            ))}
          </ul>
        )}
        <span className={s.end}>
          <Button variant="quiet" size="small" onPress={() => setTable(!isTable)}>
            {t(isTable ? "as_chart" : "as_table")}
          </Button>
          {more}
        </span>
      </header>
      {isTable ? <ChartTable {...chart} /> : <Chart {...chart} />}
    </div>
  );
}

/** The same figures, slot by slot; the name of a slot opens what makes it. */
function ChartTable({ label, data, onOpen, slotHead }: ChartProps) {
  const name = (slot: ChartSlot) =>
    onOpen ? (
      <button type="button" className={s.opens} onClick={() => onOpen(slot)}>
        {slot.name}
      </button>
    ) : (
      slot.name
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys
    <section className={s.table} tabIndex={0} aria-label={label}>
      <Table
        label={label}
        look="page"
        rows={data.slots}
        rowId={(slot) => slot.id}
        columns={[
          { id: "slot", header: slotHead, cell: name },
          ...data.series.map((of) => ({
            id: of.id,
            header: of.name,
            align: "end" as const,
            cell: (slot: ChartSlot) => (
              <Amount of={slot.marks.find((m) => m.series === of.id)?.amount} />
            ),
          })),
        ]}
      />
    </section>
  );
}
