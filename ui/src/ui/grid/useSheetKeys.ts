import { localKey, useCommands } from "~/commands/registry";
import { i18n } from "~/i18n";
import type { GridKeysOptions } from "./useGridKeys";

/** The keys of a list, as the shortcut sheet shows them: only those that do something in it. */
export function useSheetKeys<R>(
  hasCheck: boolean,
  { name, columns, onOpen, onPeek, onSort }: Partial<GridKeysOptions<R>> & { name?: string },
): void {
  useCommands([
    localKey("grid.move", "arrowup arrowdown", () => i18n.t("grid:key_move")),
    ...(onOpen ? [localKey("grid.open", "enter", () => i18n.t("grid:key_open"))] : []),
    ...(columns?.some((column) => column.leadsOn)
      ? [localKey("grid.follow", "arrowright enter", () => i18n.t("grid:key_follow"))]
      : []),
    ...(onPeek ? [localKey("grid.peek", "space", () => i18n.t("grid:key_peek"))] : []),
    ...(hasCheck
      ? [
          localKey("grid.select", "x", () => i18n.t("grid:key_select")),
          localKey("grid.extend", "shift+arrowdown", () => i18n.t("grid:key_extend")),
          localKey("grid.all", "mod+a", () => i18n.t("grid:key_all")),
        ]
      : []),
    ...(onSort ? [localKey("grid.sort", "arrowup enter", () => i18n.t("grid:key_sort"))] : []),
    ...(name
      ? [
          localKey("grid.move_column", "mod+arrowright", () => i18n.t("grid:key_move_column")),
          localKey("grid.widen", "shift+arrowright", () => i18n.t("grid:key_widen")),
        ]
      : []),
  ]);
}
