import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { SaveRecurring } from "~/ipc/gen/SaveRecurring";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import { UnreadPage } from "~/ui/primitives";
import { useDesk, useDraft, useInvoice, useSchoolTables } from "../api";
import { draftFromInvoice } from "../editor/draft";
import { editRecurringRoute, newRecurringRoute } from "../routes";
import { useRecurring } from "./api";
import { RecurringEditor } from "./Editor";
import { emptyTemplate, templateOf } from "./form";
import type { Named } from "./WhomFields";

/** A new template: empty, or of what a draft or an invoice says. */
export function NewRecurringScreen() {
  const { draft, invoice } = newRecurringRoute.useSearch();
  const desk = useDesk();
  const terms = useSchoolTables()?.terms;
  const ofDraft = useDraft(draft ?? "", { enabled: draft !== undefined });
  const ofInvoice = useInvoice(invoice ?? "", { enabled: invoice !== undefined });
  const error = ofDraft.error ?? ofInvoice.error;
  if (!desk?.school || !terms || error) return <Unread error={error} />;
  const { school, today } = desk;
  const template = () => {
    if (ofDraft.data) return templateOf(ofDraft.data.draft, today);
    if (!ofInvoice.data) return emptyTemplate(today, terms);
    const { issue_date, due_date } = ofInvoice.data;
    const again = draftFromInvoice(ofInvoice.data, school, today);
    return templateOf({ ...again, issue_date, due_date }, today);
  };
  const isRead = (!draft || ofDraft.data) && (!invoice || ofInvoice.data);
  if (!isRead) return <Unread />;
  const of = ofInvoice.data;
  const student = of ? { id: of.student_id, name: of.student } : ofDraft.data?.student;
  const students = student ? [student] : [];
  return (
    <Form
      key={draft ?? invoice}
      make={template}
      students={students}
      school={school}
      today={today}
      isNew
    />
  );
}

interface FormProps {
  make: () => SaveRecurring;
  students: readonly Named[];
  school: SchoolView;
  today: string;
  isNew: boolean;
}

/** What it begins with is made once: what is read again meanwhile must not take away what is typed. */
function Form({ make, ...more }: FormProps) {
  const [initial] = useState(make);
  return <RecurringEditor initial={initial} {...more} />;
}

/** A template that is there. */
export function EditRecurringScreen() {
  const { id } = editRecurringRoute.useParams();
  const desk = useDesk();
  const { data, error } = useRecurring(id);
  if (!desk?.school || !data) return <Unread error={error} />;
  const { template, students } = data.row;
  return (
    <Form
      key={id}
      make={() => template}
      students={students}
      school={desk.school}
      today={desk.today}
      isNew={false}
    />
  );
}

function Unread({ error }: { error?: unknown }) {
  const { t } = useTranslation("recurring");
  return (
    <UnreadPage
      crumb={<Link to="/invoices/recurring">{t("title")}</Link>}
      title={t("one")}
      fault={error ? faultText(faultOf(error)) : undefined}
      action={<Link to="/invoices/recurring">{t("to_list")}</Link>}
    />
  );
}
