import { describe, expect, it } from "vitest";
import { type ChartData, linePoints, nameStep } from "./data";

const nok = (amount: string) => ({ amount, currency: "NOK" });
const data: ChartData = {
  axis: { ticks: [], zero: 0 },
  series: [{ id: "open", name: "Open", tone: "now" }],
  slots: [0, 500, 1000].map((at) => ({
    id: String(at),
    name: String(at),
    short: String(at),
    marks: [{ series: "open", amount: nok(String(at)), from: 0, at }],
  })),
};

describe("a line", () => {
  it("goes through the middle of its slots, upwards", () => {
    expect(linePoints(data, "open")).toBe("167,1000 500,500 833,0");
    expect(linePoints(data, "other")).toBe("");
  });
});

describe("names under the axis", () => {
  it("are as many as fit", () => {
    expect([nameStep(12, 12), nameStep(13, 12), nameStep(52, 12), nameStep(0, 12)]).toEqual([
      1, 2, 5, 1,
    ]);
  });
});
