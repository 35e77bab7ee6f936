import { expect, it } from "vitest";
import type { TaxCodeView } from "~/ipc/gen/TaxCodeView";
import { newestFirst } from "./vat";

const rate = (valid_from: string, percent: string): TaxCodeView => ({
  code: "33",
  name: `${percent} %`,
  category: "S",
  rate: percent,
  reason: null,
  valid_from,
});
const codes = [rate("2018-01-01", "12"), rate("2021-10-01", "12"), rate("2020-04-01", "6")];

it("shows the newest rate of a code first", () => {
  expect(newestFirst(codes).map((one) => one.valid_from)).toEqual([
    "2021-10-01",
    "2020-04-01",
    "2018-01-01",
  ]);
});
