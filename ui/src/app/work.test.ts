import { expect, it } from "vitest";
import { afterTold } from "./work";

const told = (job: string, done: number, state = "running") => ({ job, done, total: 9, state });

it("work is followed from its beginning to its end, each kind by itself", () => {
  const begun = afterTold([], told("run", 1), 100);
  const both = afterTold(begun, told("paper", 0), 200);
  const on = afterTold(both, told("run", 5), 300);
  expect(on).toEqual([
    { job: "paper", done: 0, total: 9, since_ms: 200 },
    { job: "run", done: 5, total: 9, since_ms: 100 },
  ]);
  expect(afterTold(on, told("run", 9, "finished"), 400).map((w) => w.job)).toEqual(["paper"]);
  expect(afterTold(on, told("paper", 0, "failed"), 400).map((w) => w.job)).toEqual(["run"]);
});

it("work that has a place of its own is left to it", () => {
  expect(afterTold([], told("export", 1), 100)).toEqual([]);
});
