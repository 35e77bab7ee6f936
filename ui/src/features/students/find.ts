import { UserRound } from "lucide-react";
import type { FoundItem } from "~/commands/registry";
import { formatAmount } from "~/domain/money";
import { goTo, placeOf } from "~/domain/places";
import { searchStudents } from "./api";

const AT_MOST = 6;

/** Students for the palette, with what each owes. */
export async function findStudents(query: string, signal: AbortSignal): Promise<FoundItem[]> {
  if (query.trim() === "") return [];
  const rows = await searchStudents(query, AT_MOST, signal);
  return rows.map((row) => ({
    id: row.id,
    icon: UserRound,
    label: row.name,
    detail: row.number,
    end: formatAmount(row.balance),
    run: () => goTo(placeOf("student", row.id)),
  }));
}
