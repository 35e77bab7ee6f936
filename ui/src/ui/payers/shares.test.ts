import { describe, expect, it } from "vitest";
import { inputsOf, newRow, rowOf, studentRow } from "./shares";

const agency = { ...newRow("amount"), payer_id: "p1", name: "NAV", value: "500.00" };

describe("shares", () => {
  it("are nothing where the student pays alone", () => {
    expect(inputsOf([studentRow("Ada", "1", "rest")])).toEqual([]);
    expect(inputsOf([])).toEqual([]);
  });

  it("leave out a payer that was not chosen", () => {
    const inputs = inputsOf([agency, newRow("percent"), studentRow("Ada", "1", "rest")]);
    expect(inputs.map((share) => share.payer_id)).toEqual(["p1", null]);
    expect(inputs[1]).toEqual({ payer_id: null, part: "rest", value: "", reference: "" });
  });

  it("come back as they were sent", () => {
    const share = inputsOf([agency])[0];
    if (!share) throw new Error("a share");
    expect(rowOf({ share, name: "NAV", number: "" })).toEqual(agency);
  });
});
