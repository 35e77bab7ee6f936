import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { i18n } from "~/i18n";
import { faultOf, faultText } from "~/ipc/errors";
import type { CreditInvoice } from "~/ipc/gen/CreditInvoice";
import type { CreditNoteView } from "~/ipc/gen/CreditNoteView";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { toast } from "~/ui/primitives";
import { useCredit, useCreditPreview, useDesk } from "../api";
import { useDraftAgain } from "../editor/useDraftAgain";
import { documentPath, goTo } from "../paths";

export type Part = "whole" | "lines";

interface Wish {
  part: Part;
  date: string | null;
  reason: string;
  amounts: Record<number, string | null>;
  /** After all is taken back, a draft with the same lines is opened to be mended. */
  opensDraft: boolean;
}

/** The lines for which more than nothing is to be taken back. */
const chosenLines = (amounts: Wish["amounts"]) =>
  Object.entries(amounts).flatMap(([line, gross]) =>
    gross === null || /^0*\.?0*$/.test(gross) ? [] : [{ line: Number(line), gross }],
  );

/** What of an invoice is to be taken back, what that would do, and the doing. */
export function useCrediting(invoice: InvoiceView, onClose: () => void) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const today = useDesk()?.today ?? invoice.issue_date;
  // Made once: pressing twice credits once, and opens one draft.
  const [ids] = useState(() => ({ note: crypto.randomUUID(), draft: crypto.randomUUID() }));
  const [wish, setWish] = useState<Wish>({
    part: "whole",
    date: today,
    reason: "",
    amounts: {},
    opensDraft: false,
  });
  const isWhole = wish.part === "whole";
  const lines = isWhole ? [] : chosenLines(wish.amounts);
  const request: CreditInvoice = {
    id: ids.note,
    invoice_id: invoice.id,
    issue_date: wish.date ?? today,
    reason: wish.reason.trim(),
    lines,
  };
  const isAsked = isWhole || lines.length > 0;
  const preview = useCreditPreview({ ...request, reason: request.reason || "–" }, isAsked);
  const credit = useCredit();
  const again = useDraftAgain(invoice);
  const opensDraft = isWhole && wish.opensDraft;

  async function openDraft(note: CreditNoteView) {
    try {
      await again.open({ id: ids.draft, delivery_date: invoice.delivery_date });
      toast({
        tone: "success",
        text: t("credited_draft_open", { number: note.number }),
        action: {
          label: i18n.t("invoices:open_number", { number: note.number }),
          onPress: () => goTo(documentPath("credit_note", note.id)),
        },
      });
    } catch (thrown) {
      toast({ tone: "danger", text: faultText(faultOf(thrown)) });
      await showNote(note);
    }
  }
  const showNote = (note: CreditNoteView) =>
    navigate({ to: "/invoices/credit-notes/$id", params: { id: note.id } });
  async function record() {
    const note = await credit.mutateAsync(request);
    await (opensDraft ? openDraft(note) : showNote(note));
    onClose();
  }
  let blockedReason: string | undefined;
  if (!isAsked) blockedReason = t("choose_lines");
  else if (preview.error) blockedReason = faultText(faultOf(preview.error));
  else if (request.reason === "") blockedReason = t("reason_needed");
  return {
    wish,
    change: (change: Partial<Wish>) => setWish((old) => ({ ...old, ...change })),
    today,
    opensDraft,
    preview: isAsked ? preview.data : undefined,
    fault: credit.error ?? (isAsked ? preview.error : null),
    blockedReason,
    isBusy: credit.isPending || again.isBusy,
    // What fails is told by `fault`.
    record: () => void record().catch(() => undefined),
  };
}
