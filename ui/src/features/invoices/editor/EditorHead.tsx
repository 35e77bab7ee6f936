import { Link } from "@tanstack/react-router";
import { CalendarClock, FileText, Repeat, Save, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DraftStudent } from "~/ipc/gen/DraftStudent";
import { Amount, Banner, Button, IconButton, PageHead, Pill } from "~/ui/primitives";
import { goTo } from "../paths";
import type { EditorVerbs } from "./Editor";
import type { Editing } from "./useEditing";

/** Whether it is saved, and the verbs of a draft. */
export function EditorHead({ editing, verbs }: { editing: Editing; verbs: EditorVerbs }) {
  const { t } = useTranslation("invoices");
  const isScheduled = editing.draft.scheduled_on !== null;
  return (
    <PageHead
      crumb={<Link to="/invoices">{t("title")}</Link>}
      title={t(editing.isSaved ? "draft" : "new")}
      badge={
        <Pill
          tone={verbs.isWaiting ? "info" : "neutral"}
          shape={verbs.isWaiting ? "clock" : "draft"}
        >
          {t(editing.isDirty ? "not_saved" : verbs.isWaiting ? "is_scheduled" : "draft")}
        </Pill>
      }
      actions={
        <>
          {!verbs.isPaperShown && (
            <IconButton icon={FileText} label={t("paper_show")} onPress={verbs.togglePaper} />
          )}
          {!isScheduled && (
            <IconButton
              icon={CalendarClock}
              label={t("schedule")}
              disabledReason={verbs.canIssue ? undefined : t("schedule_first_mend")}
              onPress={verbs.schedule}
            />
          )}
          {editing.isSaved && (
            <IconButton
              icon={Repeat}
              label={t("repeat")}
              onPress={() => goTo(`/invoices/recurring/new?draft=${editing.draft.id}`)}
            />
          )}
          {editing.isSaved && (
            <IconButton icon={Trash2} label={t("delete_draft")} onPress={editing.remove} />
          )}
          <Button icon={Save} keys="mod+s" isBusy={editing.isSaving} onPress={editing.save}>
            {t("save_draft")}
          </Button>
          {!verbs.isWaiting && (
            <Button
              variant="primary"
              keys="mod+enter"
              isDisabled={!verbs.canIssue}
              onPress={verbs.issue}
            >
              {t("issue")}
            </Button>
          )}
        </>
      }
    />
  );
}

/** Tells before more is sold to somebody who is late already. */
export function OwesBanner({ student }: { student: DraftStudent }) {
  const { t } = useTranslation("invoices");
  if (student.days_overdue <= 0) return null;
  return (
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
  );
}
