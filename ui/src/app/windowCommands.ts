import { useNavigate } from "@tanstack/react-router";
import { Keyboard, Search, SunMoon } from "lucide-react";
import { useEffect, useMemo } from "react";
import { openLayer } from "~/commands/layers";
import { type Command, useCommands } from "~/commands/registry";
import { i18n } from "~/i18n";
import { listen } from "~/ipc/client";
import { effectiveTheme, usePreferences } from "~/ui/preferences";
import { features } from "./features";
import { shownEntries } from "./Nav";

function switchTheme() {
  const { theme, set } = usePreferences.getState();
  set({ theme: effectiveTheme(theme) === "dark" ? "light" : "dark" });
}

const WINDOW: readonly Command[] = [
  {
    id: "window.palette",
    title: () => i18n.t("commands:open_palette"),
    group: "window",
    keys: "mod+k",
    icon: Search,
    isHidden: true,
    run: () => openLayer("palette"),
  },
  {
    id: "window.shortcuts",
    title: () => i18n.t("commands:open_shortcuts"),
    group: "window",
    keys: "?",
    icon: Keyboard,
    run: () => openLayer("shortcuts"),
  },
  {
    id: "window.theme",
    title: () => i18n.t("commands:theme_toggle"),
    group: "window",
    icon: SunMoon,
    run: switchTheme,
  },
];

/** What works on every screen: the window's own verbs, `g` with a letter, and the features' verbs. */
export function useWindowCommands(): void {
  const navigate = useNavigate();
  const commands = useMemo(() => {
    const go = shownEntries(features).map(
      ({ area, path, icon, letter }): Command => ({
        id: `go.${area}`,
        title: () => i18n.t("commands:go_to", { screen: i18n.t(`${area}:title`) }),
        group: "go",
        keys: `g ${letter}`,
        icon,
        run: () => void navigate({ to: path }),
      }),
    );
    return [...features.flatMap((f) => f.commands ?? []), ...go, ...WINDOW];
  }, [navigate]);
  useCommands(commands);
  useEffect(() => listen("open", ({ path }) => void navigate({ to: path })), [navigate]);
}
