import { describe, expect, it } from "vitest";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import { draftOf, missingOf, packageDraft, packageRequest } from "./service";

const ROW: ServiceRow = {
  id: "s1",
  code: "B45",
  name: "Kjøretime 45 min",
  kind: "lesson",
  unit_price: "790.00",
  currency: "NOK",
  tax_code: "3",
  tax_name: "25 %",
  tax_category: "S",
  tax_rate: "25",
  income_account: "3000",
  active: true,
  package: null,
};

describe("an entry of the price list", () => {
  it("keeps its identity when it is changed", () => {
    expect(draftOf(ROW, "new").id).toBe("s1");
    expect(draftOf(null, "new").id).toBe("new");
  });
  it("needs code, name, price and VAT code", () => {
    expect(missingOf(draftOf(null, "n"))).toEqual(["code", "name", "unit_price", "tax_code"]);
    expect(missingOf(draftOf(ROW, "n"))).toEqual([]);
  });
  it("may cost nothing", () => {
    expect(missingOf({ ...draftOf(ROW, "n"), unit_price: "0.00" })).toEqual([]);
  });
});

describe("what a package holds", () => {
  const ten = {
    ...packageDraft(null),
    holds: "lessons" as const,
    items: [{ key: "k", service_id: "s1", quantity: "10" }],
    amount: "500",
  };
  it("is sent for a package only", () => {
    expect(packageRequest("lesson", ten)).toBeNull();
    expect(packageRequest("package", packageDraft(null))).toBeNull();
  });
  it("is either lessons or an amount, whatever was typed before", () => {
    expect(packageRequest("package", ten)).toEqual({
      holds: "lessons",
      items: [{ service_id: "s1", quantity: "10" }],
      amount: "",
      valid_months: 12,
      refund: "pro_rata",
    });
    const money = packageRequest("package", { ...ten, holds: "amount", valid_months: null });
    expect([money?.items, money?.amount, money?.valid_months]).toEqual([[], "500", null]);
  });
  it("reads back as it was sent", () => {
    const view = {
      holds: "amount",
      items: [],
      amount: { amount: "500.00", currency: "NOK" },
      valid_months: null,
      refund: "nothing",
    };
    expect(packageDraft(view)).toEqual({
      holds: "amount",
      items: [],
      amount: "500.00",
      valid_months: null,
      refund: "nothing",
    });
  });
});
