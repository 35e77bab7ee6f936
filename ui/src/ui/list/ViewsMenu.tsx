import { Bookmark, BookmarkPlus, ListRestart, PencilLine, Pin, PinOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { SavedView } from "~/ipc/gen/SavedView";
import { useDeleteView, useSaveView } from "~/ipc/lists";
import { useMay } from "~/ipc/session";
import { Button, Menu, type MenuAction, type MenuGroup, toast } from "../primitives";
import type { ListViews } from "./useViews";
import { ViewDialog } from "./ViewDialog";

const failed = (thrown: unknown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) });

/** Throws a view away, and offers it back for as long as the notice stands. */
function useThrowAway() {
  const { t } = useTranslation(["lists", "common"]);
  const remove = useDeleteView();
  const save = useSaveView();
  return ({ is_mine, ...view }: SavedView) =>
    remove.mutate(
      { id: view.id },
      {
        onError: failed,
        onSuccess: () =>
          toast({
            text: t("view_gone", { name: view.name }),
            action: is_mine
              ? { label: t("common:undo"), onPress: () => save.mutate(view, { onError: failed }) }
              : undefined,
          }),
      },
    );
}

/** Filters kept under a name: shown, kept, shared, and the one a list opens with. */
export function ViewsMenu({ views }: { views: ListViews }) {
  const { t } = useTranslation("lists");
  const [asked, ask] = useState<"new" | SavedView | null>(null);
  const { shown } = views;
  const own = views.views.filter((view) => view.is_mine);
  const others = views.views.filter((view) => !view.is_mine);
  const row = (view: SavedView): MenuAction => ({
    id: view.id,
    label: view.id === views.defaultId ? t("opens_with", { name: view.name }) : view.name,
    isChosen: view.id === shown?.id,
    onAction: () => views.open(view),
  });
  const verbs = useVerbs(views, ask);
  const groups: MenuGroup[] = [
    { id: "own", title: t("my_views"), actions: own.map(row) },
    { id: "others", title: t("shared_views"), actions: others.map(row) },
    { id: "verbs", actions: verbs },
  ];
  return (
    <>
      <Menu
        label={t("views")}
        placement="bottom start"
        trigger={
          <Button size="small" variant="quiet" icon={Bookmark}>
            {shown?.name ?? t("views")}
          </Button>
        }
        groups={groups.filter((group) => group.actions.length > 0)}
      />
      {asked && (
        <ViewDialog
          list={views.list}
          address={asked === "new" ? views.text : asked.address}
          view={asked === "new" ? undefined : asked}
          onClose={() => ask(null)}
        />
      )}
    </>
  );
}

/** What can be done with the view that is shown, or with the filter as it stands. */
function useVerbs(views: ListViews, ask: (what: "new" | SavedView) => void): MenuAction[] {
  const { t } = useTranslation("lists");
  const save = useSaveView();
  const throwAway = useThrowAway();
  const leads = useMay("set_up");
  const { shown, last } = views;
  const verbs: MenuAction[] = [
    {
      id: "keep",
      icon: BookmarkPlus,
      label: t("keep_view"),
      disabledReason: views.text === "{}" ? t("nothing_to_keep") : undefined,
      // The menu gives the focus back as it closes; the dialog takes it afterwards.
      onAction: () => void setTimeout(() => ask("new"), 0),
    },
  ];
  if (last?.is_mine && !shown)
    verbs.push({
      id: "update",
      icon: ListRestart,
      label: t("update_view", { name: last.name }),
      onAction: () => {
        const { is_mine, ...view } = last;
        save.mutate({ ...view, address: views.text }, { onError: failed });
      },
    });
  if (!shown) return verbs;
  const isDefault = shown.id === views.defaultId;
  verbs.push({
    id: "default",
    icon: isDefault ? PinOff : Pin,
    label: t(isDefault ? "open_with_all" : "open_with_this"),
    onAction: () => views.setDefault(isDefault ? null : shown.id),
  });
  if (shown.is_mine)
    verbs.push({
      id: "change",
      icon: PencilLine,
      label: t("change_view"),
      onAction: () => void setTimeout(() => ask(shown), 0),
    });
  if (shown.is_mine || leads)
    verbs.push({
      id: "delete",
      icon: Trash2,
      isDanger: true,
      label: t("delete_view"),
      onAction: () => throwAway(shown),
    });
  return verbs;
}
