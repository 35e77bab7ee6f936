import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ConflictView } from "~/ipc/gen/ConflictView";
import { axeFaults } from "~/test/axe";
import { fakeBackend } from "~/test/fakeBackend";
import { render } from "~/test/render";
import { DecideDialog } from "./DecideDialog";

const conflict = (more: Partial<ConflictView>): ConflictView => ({
  id: "7",
  connection_id: "c",
  system: "xero",
  company: "Nordlys AS",
  kind: "payment",
  cause: "whose_money",
  automatic: false,
  student_id: null,
  student: "",
  document_id: null,
  label: "9001",
  seen_at: "2026-11-22T08:00:00Z",
  shown: "what was shown",
  fields: [],
  choices: ["take", "leave"],
  asks_student: true,
  ...more,
});

const found = {
  rows: [
    { id: "s1", name: "Ann Learner", number: "1001", balance: { amount: "0.00", currency: "NOK" } },
  ],
};

const opened = (more: Partial<ConflictView>, choice = "take") => {
  const backend = fakeBackend({
    list_students: () => found,
    decide_conflict: () => ({ conflicts: [], readings: [] }),
  });
  const drawn = render(
    <DecideDialog
      conflict={conflict(more)}
      choice={choice}
      system="Xero"
      onClose={() => undefined}
    />,
  );
  const decided = () => backend.calls.filter((call) => call.name === "decide_conflict");
  return { ...drawn, decided };
};

test("money of nobody in particular is taken over with whose it is", async () => {
  const { user, decided, container } = opened({});
  const field = screen.getByRole("combobox", { name: /Whose it is/ });
  expect(await axeFaults(container)).toEqual([]);
  await user.type(field, "Ann");
  await user.click(await screen.findByRole("option", { name: /Ann Learner/ }));
  await user.click(screen.getByRole("button", { name: /Decide/ }));
  expect(decided().map((call) => call.request)).toEqual([
    { id: "7", choice: "take", shown: "what was shown", reason: "", student_id: "s1" },
  ]);
});

test("who lets it stand is not asked whose it is", () => {
  opened({}, "leave");
  expect(screen.queryByRole("combobox")).toBeNull();
});

test("money of a known student is taken over without a question", async () => {
  const { user, decided } = opened({ cause: "maybe_twice", asks_student: false });
  expect(screen.queryByRole("combobox")).toBeNull();
  await user.click(screen.getByRole("button", { name: /Decide/ }));
  expect(decided()).toHaveLength(1);
});
