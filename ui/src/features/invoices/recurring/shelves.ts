import type { RecurringRow } from "~/ipc/gen/RecurringRow";

/** The parts of the list; what goes on is shown first. */
export const SHELVES = ["running", "paused", "ended"] as const;
export type Shelf = (typeof SHELVES)[number];

export const shelfOf = (row: RecurringRow): Shelf =>
  row.state === "paused" || row.state === "ended" ? row.state : "running";
