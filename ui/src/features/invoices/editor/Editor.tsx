import { useBlocker } from "@tanstack/react-router";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import { Button, focusField, Note, Page } from "~/ui/primitives";
import { PaperPreview } from "../paper/PaperPreview";
import { Checks } from "./Checks";
import { CurrencyLink } from "./CurrencyField";
import { targetOf } from "./checkTarget";
import { priceIn } from "./currency";
import { requestOf } from "./draft";
import s from "./Editor.module.css";
import { EditorHead, OwesBanner } from "./EditorHead";
import { HeadFields } from "./HeadFields";
import { IssueDialog } from "./IssueDialog";
import { LeaveDialog } from "./LeaveDialog";
import { LineSheet } from "./LineSheet";
import { PayFields } from "./PayFields";
import { isWaiting, ScheduleBanner, ScheduleDialog } from "./Schedule";
import { Totals } from "./Totals";
import { type Editing, useEditing } from "./useEditing";

interface EditorProps {
  initial: DraftInput;
  school: SchoolView;
  today: string;
  isSaved?: boolean;
}

/** Below this the lines need the whole width, until the paper is asked for. */
const WIDE = "(min-width: 1181px)";

/** What the editor shows beside the draft, and the keys for it. */
function useEditorVerbs(editing: Editing, today: string) {
  const { t } = useTranslation("invoices");
  const { draft, priced, isSettled } = editing;
  const [isIssuing, setIssuing] = useState(false);
  const [isScheduling, setScheduling] = useState(false);
  const [isPaperShown, setPaperShown] = useState(() => window.matchMedia(WIDE).matches);
  const canIssue = Boolean(priced.data?.can_issue) && isSettled;
  const verbs = {
    isIssuing,
    isPaperShown,
    isScheduling,
    isWaiting: isWaiting(draft.scheduled_on, today),
    canIssue,
    schedule: () => setScheduling(true),
    notSchedule: () => setScheduling(false),
    issue: () => setIssuing(true),
    notIssue: () => setIssuing(false),
    togglePaper: () => setPaperShown((is) => !is),
  };
  // What stands in the way of issuing is gone to, rather than refused without a word.
  function issueOrMend() {
    if (canIssue) return setIssuing(true);
    const wrong = priced.data?.checks.find((check) => check.outcome === "error");
    const target = wrong && targetOf(wrong, draft.lines);
    if (target && "field" in target) focusField(target.field);
  }
  useCommands([
    {
      id: "draft.save",
      title: () => t("save_draft"),
      group: "screen",
      keys: "mod+s",
      run: editing.save,
    },
    {
      id: "draft.issue",
      title: () => t("issue"),
      group: "screen",
      keys: "mod+enter",
      when: () => isSettled && !isIssuing && !verbs.isWaiting,
      run: issueOrMend,
    },
    {
      id: "draft.schedule",
      title: () => t("schedule"),
      group: "screen",
      icon: CalendarClock,
      when: () => canIssue && draft.scheduled_on === null,
      run: verbs.schedule,
    },
    {
      id: "draft.paper",
      title: () => t(isPaperShown ? "paper_hide" : "paper_show"),
      group: "screen",
      keys: "mod+p",
      run: verbs.togglePaper,
    },
  ]);
  return verbs;
}

export type EditorVerbs = ReturnType<typeof useEditorVerbs>;

/** The invoice editor: what is typed at the left, what the customer gets at the right. */
export function Editor({ initial, school, today, isSaved = false }: EditorProps) {
  const { t } = useTranslation("invoices");
  const editing = useEditing(initial, isSaved);
  const { draft, priced } = editing;
  const view = priced.data;
  const verbs = useEditorVerbs(editing, today);
  const blocker = useBlocker({
    shouldBlockFn: () => editing.isDirty,
    withResolver: true,
    enableBeforeUnload: () => editing.isDirty,
  });
  const isPrintable = view?.totals != null && view.student != null;
  return (
    <Page>
      <EditorHead editing={editing} verbs={verbs} />
      <ScheduleBanner editing={editing} today={today} />
      {view?.student && <OwesBanner student={view.student} />}
      <div className={s.columns} data-paper={verbs.isPaperShown || undefined}>
        <Sheet editing={editing} school={school} today={today} />
        {verbs.isPaperShown && (
          <PaperPreview
            paper={{ kind: "draft", id: draft.id, draft: requestOf(editing.shown) }}
            sub={t("paper_draft")}
            isWanted={isPrintable && editing.isSettled && editing.shown === draft}
            end={
              <Button variant="quiet" size="small" keys="mod+p" onPress={verbs.togglePaper}>
                {t("paper_hide")}
              </Button>
            }
          />
        )}
      </div>
      {verbs.isIssuing && view && (
        <IssueDialog editing={editing} view={view} onClose={verbs.notIssue} />
      )}
      {verbs.isScheduling && (
        <ScheduleDialog editing={editing} today={today} onClose={verbs.notSchedule} />
      )}
      <LeaveDialog blocker={blocker} onSave={editing.saveAndThen} isSaving={editing.isSaving} />
    </Page>
  );
}

interface SheetProps {
  editing: Editing;
  school: SchoolView;
  today: string;
}

/** Everything that is typed, and what comes of it. */
function Sheet({ editing, school, today }: SheetProps) {
  const { draft, priced, fault } = editing;
  const view = priced.data;
  const currency = draft.currency ?? school.currency;
  return (
    <div className={s.left}>
      <div className={s.scroll}>
        <HeadFields draft={draft} view={view} today={today} onChange={editing.change} />
        <PayFields
          draft={draft}
          view={view}
          currency={currency}
          school={school.currency}
          isSaved={editing.isSaved}
          onChange={editing.change}
        />
        {fault && (
          <div className={s.note}>
            <Note tone="danger">{faultText(faultOf(fault))}</Note>
          </div>
        )}
        <LineSheet
          lines={draft.lines}
          sums={view?.lines ?? []}
          checks={view?.checks ?? []}
          currency={currency}
          priceOf={priceIn(draft)}
          isFresh={editing.isSettled}
          withVat={school.price_basis === "gross"}
          onChange={(lines) => editing.change({ lines })}
        />
      </div>
      <div className={s.foot}>
        <Checks checks={view?.checks ?? []} lines={draft.lines} />
        <Totals
          totals={view?.totals ?? null}
          exchange={view?.exchange ?? null}
          below={<CurrencyLink draft={draft} school={school.currency} />}
          parts={view?.parts ?? []}
          isFresh={editing.isSettled}
        />
      </div>
    </div>
  );
}
