import { describe, expect, it } from "vitest";
import { ownField } from "./customer";

describe("a field of theirs", () => {
  it.each([
    ["EmailAddress", "email"],
    ["PrimaryEmailAddr", "email"],
    ["PrimaryPhone", "phone"],
    ["main_address.postal_code", "postal_code"],
    ["BillAddr.PostalCode", "postal_code"],
    ["main_address.city", "city"],
    ["BillAddr.Line1", "line1"],
    ["address_line_1", "line1"],
    ["tax_number", "vat_number"],
    ["DisplayName", "name"],
  ])("%s is ours: %s", (theirs, ours) => {
    expect(ownField(theirs)).toBe(ours);
  });

  it("is none of ours where its name does not say so", () => {
    expect(ownField("SyncToken")).toBeUndefined();
    expect(ownField(undefined)).toBeUndefined();
  });
});
