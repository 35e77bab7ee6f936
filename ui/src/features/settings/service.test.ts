import { describe, expect, it } from "vitest";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import { draftOf, missingOf } from "./service";

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
