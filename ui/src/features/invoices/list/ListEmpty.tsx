import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, EmptyState } from "~/ui/primitives";
import { goTo } from "../paths";
import type { View } from "./filter";

interface ListEmptyProps {
  view: View;
  isNarrowed: boolean;
  onClear: () => void;
}

/** Views that are empty because everything is in order. */
const DONE: readonly View[] = ["draft", "open", "overdue", "part_paid", "export_failed"];

/** Why the list is empty: nothing made yet, nothing found, or nothing left to do. */
export function ListEmpty({ view, isNarrowed, onClear }: ListEmptyProps) {
  const { t } = useTranslation(["invoices", "common"]);
  if (isNarrowed)
    return (
      <EmptyState
        kind="no_match"
        title={t("none_match")}
        action={<Button onPress={onClear}>{t("clear_filters")}</Button>}
      >
        {t("none_match_why")}
      </EmptyState>
    );
  if (DONE.includes(view))
    return (
      <EmptyState kind="all_done" title={t(`done_${view as "draft"}`)}>
        {t("done_why")}
      </EmptyState>
    );
  if (view !== "all")
    return (
      <EmptyState kind="no_match" title={t("none_in_view")}>
        {t("none_in_view_why")}
      </EmptyState>
    );
  return (
    <EmptyState
      kind="first_use"
      title={t("first_title")}
      action={
        <Button variant="primary" icon={Plus} keys="c" onPress={() => goTo("/invoices/new")}>
          {t("new")}
        </Button>
      }
    >
      {t("first_why")}
    </EmptyState>
  );
}
