import { describe, expect, it } from "vitest";
import { codeOf, methodDraft, methodRequest, missingInMethod } from "./method";

const card = {
  code: "card",
  name: "Kort",
  account: "1925",
  active: true,
  surcharge: { percent: "1.5", fixed: "", service_id: "fee" },
};

describe("a way to pay", () => {
  it("comes back as it was read", () => {
    const { surcharge, ...rest } = card;
    expect(methodRequest(methodDraft(card), false)).toEqual({
      ...rest,
      is_new: false,
      surcharge,
    });
  });

  it("asks for the fee it is sold as only where it costs something", () => {
    const draft = { ...methodDraft(null), name: "Kort", code: "kort" };
    expect(missingInMethod(draft)).toEqual([]);
    expect(missingInMethod({ ...draft, costs: true })).toEqual([
      "surcharge.percent",
      "surcharge.service_id",
    ]);
    expect(methodRequest(draft, true).surcharge).toBeNull();
  });

  it("gets a code that its name suggests", () => {
    expect(codeOf("Vipps på nett")).toBe("vipps-pa-nett");
    expect(codeOf("  Überweisung! ")).toBe("uberweisung");
    expect(codeOf("Kort".repeat(10))).toHaveLength(20);
  });
});
