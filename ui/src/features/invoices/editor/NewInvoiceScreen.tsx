import { useState } from "react";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import type { Terms } from "~/ipc/gen/Terms";
import { SkeletonLines } from "~/ui/primitives";
import { useDesk, useSchoolTables } from "../api";
import { newInvoiceRoute } from "../routes";
import { emptyDraft, termsOfNew } from "./draft";
import { Editor } from "./Editor";

/** A new draft, for the student the address names or for one to be chosen. */
export function NewInvoiceScreen() {
  const { student } = newInvoiceRoute.useSearch();
  const desk = useDesk();
  const terms = useSchoolTables()?.terms;
  if (!desk?.school || !terms) return <SkeletonLines count={6} />;
  const { school, today } = desk;
  return <Fresh key={student} school={school} today={today} terms={terms} student={student} />;
}

interface FreshProps {
  school: SchoolView;
  today: string;
  terms: Terms;
  student?: string;
}

function Fresh({ school, today, terms, student }: FreshProps) {
  const [draft] = useState(() => ({
    ...emptyDraft(school, today, student),
    terms: termsOfNew(school, terms),
  }));
  return <Editor initial={draft} school={school} today={today} />;
}
