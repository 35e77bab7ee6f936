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

/** The invoice editor: what is typed at the left, what the customer gets at the right. */
export function Editor({ initial, school, today, isSaved = false }: EditorProps) {
  const { t } = useTranslation("invoices");
  const editing = useEditing(initial, isSaved);
  const { draft, priced, fault } = editing;
  const view = priced.data;
  const [isIssuing, setIssuing] = useState(false);
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
  ]);
  const student = view?.student;
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
        <Banner tone="warning" title={t("owes_title", { name: student.name })}>
          <Amount of={student.overdue} look="late" withCurrency />{" "}
          {t("owes_days", { count: student.days_overdue })}
        </Banner>
      )}
      <div className={s.columns}>
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
              onChange={(lines) => editing.change({ lines })}
            />
          </div>
          <div className={s.foot}>
            <Checks checks={view?.checks ?? []} />
            <Totals totals={view?.totals ?? null} isFresh={editing.isSettled} />
          </div>
        </div>
        <PaperPreview
          paper={{ kind: "draft", id: draft.id, draft: requestOf(draft) }}
          isWanted={view?.totals != null && view.student != null}
        />
      </div>
      {isIssuing && view && (
        <IssueDialog editing={editing} view={view} onClose={() => setIssuing(false)} />
      )}
      <LeaveDialog blocker={blocker} onSave={editing.save} />
    </Page>
  );
}
