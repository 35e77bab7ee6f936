import { describe, expect, it } from "vitest";
import type { ReminderMessage } from "~/ipc/gen/ReminderMessage";
import { ALL_SELECTED, NOTHING_SELECTED, toggle } from "~/ui/grid";
import { chosenOf, messageId } from "./plan";

const money = { amount: "790.00", currency: "NOK" };

const message = (student_id: string, email: string, ...ways: string[]): ReminderMessage => ({
  student_id,
  student: student_id,
  payer_id: null,
  payer: "",
  student_number: "1",
  email,
  phone: "",
  ways: [...ways, "letter"],
  level: "first",
  invoices: [],
  total: money,
  fee: null,
  interest: null,
  to_pay: money,
  deadline: "2026-04-26",
});

const ada = message("ada", "ada@example.no", "sms", "email");
const bo = message("bo", "");

describe("the chosen reminders", () => {
  it("go as wished only where that way is open", () => {
    const ways = chosenOf([ada, bo], ALL_SELECTED, "email").map((one) => one.channel);
    expect(ways).toEqual(["email", "letter"]);
    const set = chosenOf([ada, bo], ALL_SELECTED, "set").map((one) => one.channel);
    expect(set).toEqual(["sms", "letter"]);
    const letters = chosenOf([ada, bo], ALL_SELECTED, "letter").map((one) => one.channel);
    expect(letters).toEqual(["letter", "letter"]);
  });

  it("are those that are selected", () => {
    expect(chosenOf([ada, bo], NOTHING_SELECTED, "letter")).toEqual([]);
    const one = chosenOf([ada, bo], toggle(ALL_SELECTED, messageId(ada)), "letter");
    expect(one.map((chosen) => chosen.student_id)).toEqual(["bo"]);
  });
});
