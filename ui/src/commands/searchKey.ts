import { i18n } from "~/i18n";
import { useCommands } from "./registry";

function focusSearch() {
  document.querySelector<HTMLInputElement>('#work input[type="search"]')?.focus();
}

/** `/` goes to the search of the list in view. */
export function useSearchKey(): void {
  useCommands([
    {
      id: "screen.search",
      title: () => i18n.t("commands:search_list"),
      group: "screen",
      keys: "/",
      run: focusSearch,
    },
  ]);
}
