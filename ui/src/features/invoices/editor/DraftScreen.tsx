import { Link } from "@tanstack/react-router";
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
  const { data, error } = useDraft(id);
  if (error) {
    return (
      <EmptyState
        kind="no_match"
        title={faultText(faultOf(error))}
        action={<Link to="/invoices">{t("title")}</Link>}
      />
    );
  }
  if (!desk?.school || !data) return <SkeletonLines count={6} />;
  return <Editor key={id} initial={data.draft} school={desk.school} today={desk.today} isSaved />;
}
