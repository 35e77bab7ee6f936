import { describe, expect, it } from "vitest";
import type { PaymentRow } from "~/ipc/gen/PaymentRow";
import { shownParams } from "~/ipc/refusal";
import { cleared, fitted, sharesOf, twinOf, withShare } from "./shares";

const SHARES = [
  { invoice_id: "a", amount: "1580.00" },
  { invoice_id: "b", amount: null },
];
const nok = (amount: string) => ({ amount, currency: "NOK" });
const row = (amount: string, received_on: string) =>
  ({ id: "p", amount: nok(amount), received_on }) as PaymentRow;

describe("shares", () => {
  it("change one at a time and keep their order", () => {
    expect(withShare(SHARES, "b", "5.00").map((s) => s.amount)).toEqual(["1580.00", "5.00"]);
  });
  it("are sent empty where nothing was typed", () => {
    expect(sharesOf(SHARES)[1]).toEqual({ invoice_id: "b", amount: "" });
    expect(cleared(SHARES).every((s) => s.amount === null)).toBe(true);
  });
  it("follow what is open when an invoice was settled elsewhere", () => {
    const open = [{ invoice_id: "b" }, { invoice_id: "c" }];
    expect(fitted(SHARES, open)).toEqual([
      { invoice_id: "b", amount: null },
      { invoice_id: "c", amount: null },
    ]);
  });
});

describe("the same money twice", () => {
  it("is the same amount within three days", () => {
    const rows = [row("15000.00", "2026-11-18")];
    expect(twinOf(rows, nok("15000.00"), "2026-11-20")?.id).toBe("p");
    expect(twinOf(rows, nok("15000.00"), "2026-11-22")).toBeUndefined();
    expect(twinOf(rows, nok("15000.01"), "2026-11-18")).toBeUndefined();
  });
});

it("amounts in a refusal are written as people read them", () => {
  expect(shownParams({ open: "1580.00", invoice: "A-10302" }, "NOK")).toEqual({
    open: "1\u00a0580,00",
    invoice: "A-10302",
  });
});
