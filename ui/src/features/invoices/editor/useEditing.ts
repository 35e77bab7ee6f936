import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { i18n } from "~/i18n";
import { faultOf, faultText } from "~/ipc/errors";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import { toast } from "~/ui/primitives";
import { saveDraft, useDeleteDraft, useIssue, usePricedDraft, useSaveDraft } from "../api";
import { documentPath, goTo } from "../paths";
import { changed, requestOf } from "./draft";

/** A paper is drawn when the typing rests. */
const PAPER_PAUSE_MS = 500;
/** Short enough that totals follow the typing, long enough to ask once per word. */
const PRICING_PAUSE_MS = 60;

function useSettled<T>(value: T, pause_ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause_ms);
    return () => clearTimeout(timer);
  }, [value, pause_ms]);
  return settled;
}

/** A draft while it is worked on: what is typed, what Rust makes of it, and its verbs. */
export function useEditing(initial: DraftInput, wasSaved: boolean) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const [draft, setDraft] = useState(initial);
  const [saved, setSaved] = useState<DraftInput | null>(wasSaved ? initial : null);
  const asked = useSettled(draft, PRICING_PAUSE_MS);
  const priced = usePricedDraft(requestOf(asked));
  const shown = useSettled(draft, PAPER_PAUSE_MS);
  const save = useSaveDraft();
  const issue = useIssue();
  const remove = useDeleteDraft();
  const isDirty = draft !== (saved ?? initial);
  const keep = (andThen: () => void) =>
    save.mutate(requestOf(draft), {
      onSuccess: () => {
        setSaved(draft);
        toast({ tone: "success", text: t("draft_saved") });
        andThen();
      },
    });
  /** Kept with another day on which it is issued by itself, or with none. */
  const schedule = (change: Partial<DraftInput>, andThen: () => void) => {
    const next = changed(draft, change);
    save.mutate(requestOf(next), {
      onSuccess: () => {
        setDraft(next);
        setSaved(next);
        andThen();
      },
    });
  };
  const bringBack = () =>
    void saveDraft(requestOf(draft)).then(
      () => goTo(documentPath("draft", draft.id)),
      (thrown: unknown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) }),
    );
  return {
    draft,
    /** What the paper shows: the draft as it was when the typing last rested. */
    shown,
    priced,
    isDirty,
    isSaved: saved !== null,
    isSettled: asked === draft && !priced.isPlaceholderData,
    fault: issue.error ?? save.error ?? remove.error ?? priced.error,
    isSaving: save.isPending,
    isIssuing: issue.isPending,
    change: (change: Partial<DraftInput>) => setDraft((old) => changed(old, change)),
    save: () => keep(() => undefined),
    /** Leaves only when the draft is kept; otherwise the fault is shown and nothing is lost. */
    saveAndThen: keep,
    schedule,
    issue: () =>
      issue.mutate(
        { draft: requestOf(draft) },
        {
          onSuccess: (invoice) => {
            setSaved(draft);
            toast({ tone: "success", text: t("issued_toast", { number: invoice.number }) });
            void navigate({ to: "/invoices/$id", params: { id: invoice.id }, ignoreBlocker: true });
          },
        },
      ),
    remove: () =>
      remove.mutate(
        { id: draft.id },
        {
          onSuccess: () => {
            toast({
              tone: "undo",
              text: t("draft_deleted"),
              action: { label: i18n.t("common:undo"), onPress: bringBack },
            });
            void navigate({ to: "/invoices", ignoreBlocker: true });
          },
        },
      ),
  };
}

export type Editing = ReturnType<typeof useEditing>;
