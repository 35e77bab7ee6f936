import type { Language } from "~/domain/dates";
import { type Period, periodName, periodShort } from "~/domain/periods";
import type { DebtPart } from "~/ipc/gen/DebtPart";
import type { RevenuePart } from "~/ipc/gen/RevenuePart";
import type { TakingsPart } from "~/ipc/gen/TakingsPart";
import type { ChartData, ChartSeries } from "./data";

/** Revenue over time, beside that of the period compared with. */
export function revenueChart(
  part: RevenuePart,
  names: { net: string; before: string },
  language: Language,
): ChartData {
  const series: ChartSeries[] = [{ id: "net", name: names.net, tone: "now" }];
  if (part.net_before) series.unshift({ id: "before", name: names.before, tone: "before" });
  const { zero } = part.axis;
  return {
    axis: part.axis,
    series,
    slots: part.rows.map((row) => ({
      id: row.key,
      name: periodName(row, language),
      short: periodShort(row, language),
      marks: [
        ...(row.net_before && row.at_before !== null
          ? [{ series: "before", amount: row.net_before, from: zero, at: row.at_before }]
          : []),
        { series: "net", amount: row.net, from: zero, at: row.at },
      ],
    })),
  };
}

/** What is open and what is overdue, over time. */
export function debtChart(
  part: DebtPart,
  names: { open: string; overdue: string },
  language: Language,
): ChartData {
  return {
    axis: part.axis,
    series: [
      { id: "open", name: names.open, tone: "now" },
      { id: "overdue", name: names.overdue, tone: "late" },
    ],
    slots: part.points.map(({ day, open, overdue, open_at, overdue_at }) => {
      const at: Period = { from: day, to: day };
      return {
        id: day,
        name: periodName(at, language),
        short: periodShort(at, language),
        marks: [
          { series: "open", amount: open, from: 0, at: open_at },
          { series: "overdue", amount: overdue, from: 0, at: overdue_at },
        ],
      };
    }),
  };
}

const TONES = ["now", "second", "third", "fourth"] as const;

/** What each method took over time, standing on one another. Past the fourth they share a colour. */
export function takingsChart(part: TakingsPart, language: Language): ChartData {
  return {
    axis: part.axis,
    series: part.methods.map(({ method, name }, at) => ({
      id: method,
      name,
      tone: TONES[at] ?? "before",
    })),
    slots: part.periods.map((period) => ({
      id: period.from,
      name: periodName(period, language),
      short: periodShort(period, language),
      marks: period.rows.map((row) => ({
        series: row.method,
        amount: row.sums.received,
        from: row.from_at,
        at: row.to_at,
      })),
    })),
  };
}
