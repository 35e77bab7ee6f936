export { Chart } from "./Chart";
export { ChartPanel } from "./ChartPanel";
export type { ChartData, ChartLook, ChartMark, ChartProps, ChartSeries, ChartSlot } from "./data";
export { debtChart, revenueChart, takingsChart } from "./reports";
