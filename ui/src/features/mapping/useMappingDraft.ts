import { useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { goTo } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { MappingView } from "~/ipc/gen/MappingView";
import { toast } from "~/ui/primitives";
import { useSaveMapping } from "./api";
import { type Draft, NO_CHANGES } from "./draft";

/** Changes of one connection's mapping until they are saved, and the guard before leaving them. */
export function useMappingDraft(view: MappingView | undefined) {
  const { t } = useTranslation("mapping");
  const save = useSaveMapping();
  const [held, setHeld] = useState<{ of: string; draft: Draft }>({ of: "", draft: NO_CHANGES });
  const id = view ? `${view.connection_id} ${view.department_id ?? ""}` : "";
  const draft = held.of === id ? held.draft : NO_CHANGES;
  const setDraft = (next: Draft) => setHeld({ of: id, draft: next });

  /** Answers whether it was saved. */
  async function run(): Promise<boolean> {
    if (draft.size === 0 || save.isPending) return false;
    try {
      const { released } = await save.mutateAsync({
        connection_id: view?.connection_id ?? "",
        department_id: view?.department_id ?? null,
        changes: [...draft.values()],
      });
      setDraft(NO_CHANGES);
      toast({
        text: released > 0 ? t("saved_releases", { count: released }) : t("saved"),
        action:
          released > 0 ? { label: t("show_exports"), onPress: () => goTo("/exports") } : undefined,
      });
      return true;
    } catch (thrown) {
      toast({ text: faultText(faultOf(thrown)), tone: "danger" });
      return false;
    }
  }
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => draft.size > 0 && next.pathname !== current.pathname,
    enableBeforeUnload: () => draft.size > 0,
    withResolver: true,
  });
  useCommands([
    {
      id: "mapping.save",
      title: () => t("command_save"),
      group: "screen",
      keys: "mod+s",
      when: () => draft.size > 0,
      run: () => void run(),
    },
  ]);
  return { draft, setDraft, save: run, isSaving: save.isPending, blocker };
}
