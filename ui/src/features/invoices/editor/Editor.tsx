import { Link, useBlocker } from "@tanstack/react-router";
import { Save, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { DraftInput } from "~/ipc/gen/DraftInput";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import { Amount, Banner, Button, IconButton, Note, Page, PageHead, Pill } from "~/ui/primitives";
import { PaperPreview } from "../paper/PaperPreview";
import { Checks } from "./Checks";
import { requestOf } from "./draft";
import s from "./Editor.module.css";
import { HeadFields } from "./HeadFields";
import { IssueDialog } from "./IssueDialog";
import { LeaveDialog } from "./LeaveDialog";
import { LineSheet } from "./LineSheet";
import { Totals } from "./Totals";
import { useEditing } from "./useEditing";

interface EditorProps {
  initial: DraftInput;
  school: SchoolView;
  today: string;
  isSaved?: boolean;
}

/** Below this the lines need the whole width, until the paper is asked for. */
const WIDE = "(min-width: 1181px)";

/** The invoice editor: what is typed at the left, what the customer gets at the right. */
export function Editor({ initial, school, today, isSaved = false }: EditorProps) {
  const { t } = useTranslation("invoices");
  const editing = useEditing(initial, isSaved);
  const { draft, priced, fault } = editing;
  const view = priced.data;
  const [isIssuing, setIssuing] = useState(false);
  const [isPaperShown, setPaperShown] = useState(() => window.matchMedia(WIDE).matches);
  const togglePaper = () => setPaperShown((is) => !is);
  const canIssue = Boolean(view?.can_issue) && editing.isSettled;
  const blocker = useBlocker({
    shouldBlockFn: () => editing.isDirty,
    withResolver: true,
    enableBeforeUnload: () => editing.isDirty,
  });
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
      when: () => canIssue && !isIssuing,
      run: () => setIssuing(true),
    },
    {
      id: "draft.paper",
      title: () => t(isPaperShown ? "paper_hide" : "paper_show"),
      group: "screen",
      keys: "mod+p",
      run: togglePaper,
    },
  ]);
  const student = view?.student;
  const shown = requestOf(editing.shown);
  const isPrintable = view?.totals != null && student != null;
  const owes = student && student.days_overdue > 0;
  return (
    <Page>
      <PageHead
        crumb={<Link to="/invoices">{t("title")}</Link>}
        title={t(editing.isSaved ? "draft" : "new")}
        badge={
          <Pill tone="neutral" shape="draft">
            {t(editing.isDirty ? "not_saved" : "draft")}
          </Pill>
        }
        actions={
          <>
            {!isPaperShown && (
              <Button variant="quiet" keys="mod+p" onPress={togglePaper}>
                {t("paper_show")}
              </Button>
            )}
            {editing.isSaved && (
              <IconButton icon={Trash2} label={t("delete_draft")} onPress={editing.remove} />
            )}
            <Button icon={Save} keys="mod+s" isBusy={editing.isSaving} onPress={editing.save}>
              {t("save_draft")}
            </Button>
            <Button
              variant="primary"
              keys="mod+enter"
              isDisabled={!canIssue}
              onPress={() => setIssuing(true)}
            >
              {t("issue")}
            </Button>
          </>
        }
      />
      {owes && (
        <Banner
          tone="warning"
          title={t("owes_title", { name: student.name })}
          actions={
            <Link to="/students/$id" params={{ id: student.id }}>
              {t("owes_open")}
            </Link>
          }
        >
          <Amount of={student.overdue} look="late" withCurrency />{" "}
          {t("owes_days", { count: student.days_overdue })}
        </Banner>
      )}
      <div className={s.columns} data-paper={isPaperShown || undefined}>
        <div className={s.left}>
          <div className={s.scroll}>
            <HeadFields draft={draft} view={view} today={today} onChange={editing.change} />
            {fault && (
              <div className={s.note}>
                <Note tone="danger">{faultText(faultOf(fault))}</Note>
              </div>
            )}
            <LineSheet
              lines={draft.lines}
              sums={view?.lines ?? []}
              checks={view?.checks ?? []}
              currency={school.currency}
              isFresh={editing.isSettled}
              withVat={school.price_basis === "gross"}
              onChange={(lines) => editing.change({ lines })}
            />
          </div>
          <div className={s.foot}>
            <Checks checks={view?.checks ?? []} />
            <Totals totals={view?.totals ?? null} isFresh={editing.isSettled} />
          </div>
        </div>
        {isPaperShown && (
          <PaperPreview
            paper={{ kind: "draft", id: draft.id, draft: shown }}
            sub={t("paper_draft")}
            isWanted={isPrintable && editing.isSettled && editing.shown === draft}
            end={
              <Button variant="quiet" size="small" keys="mod+p" onPress={togglePaper}>
                {t("paper_hide")}
              </Button>
            }
          />
        )}
      </div>
      {isIssuing && view && (
        <IssueDialog editing={editing} view={view} onClose={() => setIssuing(false)} />
      )}
      <LeaveDialog blocker={blocker} onSave={editing.saveAndThen} isSaving={editing.isSaving} />
    </Page>
  );
}
