import { describe, expect, it } from "vitest";
import { ALL_SELECTED, NOTHING_SELECTED } from "~/ui/grid";
import { dueOf, exceptOf, type RunForm, wishOf } from "./wish";

const form: RunForm = {
  id: "r",
  issueDate: "2026-03-31",
  dueDate: null,
  overdueDays: null,
  leaveOutBlocked: false,
};

describe("the wish of a run", () => {
  it("is due by the school's terms until a day is typed", () => {
    expect(dueOf(form, 14)).toBe("2026-04-14");
    expect(dueOf({ ...form, dueDate: "2026-04-01" }, 14)).toBe("2026-04-01");
  });

  it("asks nothing while a date is missing", () => {
    expect(wishOf({ ...form, issueDate: null }, {}, 14, [])).toBeNull();
  });

  it("narrows by what stands in the address", () => {
    const wish = wishOf(
      { ...form, overdueDays: "30" },
      { kind: "no_show", from: "2026-03-01" },
      14,
      ["a"],
    );
    expect(wish?.filter).toMatchObject({ kinds: ["no_show"], from: "2026-03-01", to: null });
    expect(wish).toMatchObject({ overdue_days: 30, leave_out_blocked: false, except: ["a"] });
  });

  it("leaves out what is not selected", () => {
    expect(exceptOf(ALL_SELECTED, ["a", "b"])).toEqual([]);
    expect(exceptOf(NOTHING_SELECTED, ["a", "b"])).toEqual(["a", "b"]);
    expect(exceptOf({ mode: "some", ids: new Set(["a"]) }, ["a", "b"])).toEqual(["b"]);
  });
});
