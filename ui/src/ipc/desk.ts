import { todayIso } from "~/domain/dates";
import type { SchoolView } from "./gen/SchoolView";
import { useRpc } from "./hooks";

export interface Desk {
  /** Today by the desk's calendar. */
  today: string;
  school: SchoolView | null;
  /** Currency of the book. */
  currency: string;
}

/** The open book, as every screen may need it. Behind the gate it is always there. */
export function useDesk(): Desk {
  const status = useRpc("desk_status", {}).data;
  const school = status?.school ?? null;
  return { today: status?.today ?? todayIso(), school, currency: school?.currency ?? "NOK" };
}
