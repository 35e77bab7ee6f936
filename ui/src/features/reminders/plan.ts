import type { ChosenReminder } from "~/ipc/gen/ChosenReminder";
import type { ReminderMessage } from "~/ipc/gen/ReminderMessage";
import { ALL_SELECTED, type GridSelection, isSelected } from "~/ui/grid";

export type Way = "email" | "sms" | "letter";

/** How somebody wishes all of them to go: `set` is what the schedule wishes for each. */
export type Wish = Way | "set";

/** Whoever pays gets at most one message of a level and currency about a student. */
export const messageId = (message: ReminderMessage) =>
  `${message.student_id} ${message.payer_id ?? ""} ${message.level} ${message.total.currency}`;

/** A message by what the backend knows it by. */
export const plannedOf = ({ student_id, payer_id, level, total }: ReminderMessage) => ({
  student_id,
  payer_id,
  level,
  currency: total.currency,
});

/** How a message goes: as wished where that way is open, else on paper. */
export function wayOf(message: ReminderMessage, wished: Wish): Way {
  if (wished === "set") return (message.ways[0] ?? "letter") as Way;
  return message.ways.includes(wished) ? wished : "letter";
}

/** All messages, or only those of the students that were marked where somebody comes from. */
export function firstChosen(
  messages: readonly ReminderMessage[],
  only: string | undefined,
): GridSelection {
  if (only === undefined) return ALL_SELECTED;
  const students = new Set(only.split(","));
  const theirs = messages.filter((message) => students.has(message.student_id));
  return { mode: "some", ids: new Set(theirs.map(messageId)) };
}

/** The chosen messages, as the backend is asked to make them. */
export const chosenOf = (
  messages: readonly ReminderMessage[],
  selection: GridSelection,
  wished: Wish,
): ChosenReminder[] =>
  messages
    .filter((message) => isSelected(selection, messageId(message)))
    .map((message) => ({
      ...plannedOf(message),
      channel: wayOf(message, wished),
    }));
