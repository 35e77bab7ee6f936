import { useState } from "react";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import { SkeletonLines } from "~/ui/primitives";
import { useDesk } from "../api";
import { newInvoiceRoute } from "../routes";
import { emptyDraft } from "./draft";
import { Editor } from "./Editor";

/** A new draft, for the student the address names or for one to be chosen. */
export function NewInvoiceScreen() {
  const { student } = newInvoiceRoute.useSearch();
  const desk = useDesk();
  if (!desk?.school) return <SkeletonLines count={6} />;
  return <Fresh key={student} school={desk.school} today={desk.today} student={student} />;
}

interface FreshProps {
  school: SchoolView;
  today: string;
  student?: string;
}

function Fresh({ school, today, student }: FreshProps) {
  const [draft] = useState(() => emptyDraft(school, today, student));
  return <Editor initial={draft} school={school} today={today} />;
}
