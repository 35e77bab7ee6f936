import { FileMinus2, type LucideIcon, ReceiptText, UserRound, Wallet } from "lucide-react";
import type { FoundItem } from "~/commands/registry";
import { formatAmount } from "~/domain/money";
import { rpc } from "~/ipc/client";
import type { SearchHit } from "~/ipc/gen/SearchHit";
import { documentPath } from "./paths";

const ICONS: Record<string, LucideIcon> = {
  student: UserRound,
  invoice: ReceiptText,
  draft: ReceiptText,
  credit_note: FileMinus2,
  payment: Wallet,
};

function pathOf({ kind, id }: SearchHit): string {
  if (kind === "student") return `/students/${id}`;
  if (kind === "payment") return `/payments/${id}`;
  return documentPath(kind, id);
}

/** How many of each kind the palette shows; more is a list's work. */
const MOST = 5;

/** Students, invoices, credit notes and payments by what is typed, for the palette. */
export async function findAnything(
  query: string,
  signal: AbortSignal,
): Promise<readonly FoundItem[]> {
  const { hits } = await rpc("search", { query, limit: MOST }, signal);
  return hits.map((hit) => ({
    id: `${hit.kind} ${hit.id}`,
    icon: ICONS[hit.kind],
    label: hit.label || hit.detail,
    detail: hit.label ? hit.detail : undefined,
    end: hit.amount ? formatAmount(hit.amount) : undefined,
    run: () => {
      location.hash = `#${pathOf(hit)}`;
    },
  }));
}
