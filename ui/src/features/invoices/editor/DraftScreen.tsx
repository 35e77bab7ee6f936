import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import { EmptyState, SkeletonLines } from "~/ui/primitives";
import { useDesk, useDraft } from "../api";
import { draftRoute } from "../routes";
import { Editor } from "./Editor";

/** A draft that was saved. */
export function DraftScreen() {
  const { t } = useTranslation("invoices");
  const { id } = draftRoute.useParams();
  const desk = useDesk();
  const { data, error, isFetching, isStale } = useDraft(id);
  // What was kept of it before it changed elsewhere is no beginning; afterwards it is being typed.
  const opened = useRef("");
  if (data && !(isFetching && isStale)) opened.current = id;
  if (error) {
    return (
      <EmptyState
        kind="no_match"
        title={faultText(faultOf(error))}
        action={<Link to="/invoices">{t("title")}</Link>}
      />
    );
  }
  if (!desk?.school || !data || opened.current !== id) return <SkeletonLines count={6} />;
  return <Editor key={id} initial={data.draft} school={desk.school} today={desk.today} isSaved />;
}
