import type { ReactNode } from "react";
import type { Money } from "~/domain/money";
import type { ChartAxis } from "~/ipc/gen/ChartAxis";

/** What is drawn in one colour, and stands in one column of the table. */
export interface ChartSeries {
  id: string;
  name: string;
  tone: "now" | "before" | "late" | "second" | "third" | "fourth";
}

/** One figure of a slot: its amount, and where the backend says it stands, in thousandths. */
export interface ChartMark {
  series: string;
  amount: Money;
  /** Where a bar begins; that of nothing unless marks stand on one another. */
  from: number;
  at: number;
}

/** One place along the axis of time. */
export interface ChartSlot {
  id: string;
  /** Said in full, such as `March 2026`. */
  name: string;
  /** Under the axis. */
  short: string;
  marks: readonly ChartMark[];
}

export interface ChartData {
  axis: ChartAxis;
  series: readonly ChartSeries[];
  slots: readonly ChartSlot[];
}

export type ChartLook = "bars" | "stack" | "lines";

export interface ChartProps {
  /** Read aloud as its name. */
  label: string;
  data: ChartData;
  look: ChartLook;
  /** Opens the rows that make a slot. */
  onOpen?: (slot: ChartSlot) => void;
  /** What the slots are, as the head of the table's first column. */
  slotHead: ReactNode;
  /** Names under the axis that fit beside each other. */
  mostNames?: number;
}

/** Every how many slots have their name under the axis. */
export const nameStep = (slots: number, most: number): number =>
  Math.max(1, Math.ceil(slots / most));

/** Points of a series through the middle of the slots, for an SVG of 1000 by 1000. */
export function linePoints(data: ChartData, series: string): string {
  const width = 1000 / Math.max(1, data.slots.length);
  return data.slots
    .flatMap((slot, at) => {
      const mark = slot.marks.find((m) => m.series === series);
      return mark ? [`${Math.round((at + 0.5) * width)},${1000 - mark.at}`] : [];
    })
    .join(" ");
}
