import { useNavigate } from "@tanstack/react-router";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { useDesk, useSaveDraft } from "../api";
import { draftFromInvoice } from "./draft";

/** Keeps a draft with the lines of an invoice and opens it in the editor. */
export function useDraftAgain(invoice: InvoiceView | undefined) {
  const navigate = useNavigate();
  const desk = useDesk();
  const save = useSaveDraft();
  return {
    isBusy: save.isPending,
    open: async (change: Partial<DraftInput> = {}) => {
      if (!invoice || !desk?.school) return;
      const draft = { ...draftFromInvoice(invoice, desk.school, desk.today), ...change };
      await save.mutateAsync(draft);
      await navigate({ to: "/invoices/drafts/$id", params: { id: draft.id } });
    },
  };
}
