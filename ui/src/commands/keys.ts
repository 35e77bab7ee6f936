/* Turns key presses into commands. Knows nothing of what a command does. */
import { useEffect } from "react";
import { usePreferences } from "~/ui/preferences";
import { availableCommands, type Command, useRegistry } from "./registry";

/** How long the second key of `g i` may take. */
const SECOND_KEY_MS = 1200;

const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** The press in the notation of the registry, or null for a modifier alone. */
export function pressedKeys(e: KeyboardEvent): string | null {
  const key = e.key === " " ? "space" : e.key.toLowerCase();
  if (["control", "shift", "alt", "meta", "altgraph", "dead", "process"].includes(key)) return null;
  const parts: string[] = [];
  if (isMac ? e.metaKey : e.ctrlKey) parts.push("mod");
  if (e.altKey) parts.push("alt");
  // Shift makes the sign `?` itself; it is named only with letters and named keys.
  if (e.shiftKey && (key.length > 1 || /\p{L}/u.test(key))) parts.push("shift");
  return [...parts, key].join("+");
}

const TEXT_INPUTS = new Set(["text", "search", "email", "password", "tel", "url", "number", ""]);

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && TEXT_INPUTS.has(target.type);
}

function isAside(e: KeyboardEvent): boolean {
  // AltGr writes signs on Nordic and German keyboards; a composition is text on its way.
  return e.defaultPrevented || e.isComposing || e.getModifierState("AltGraph");
}

const isInLayer = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null;

/** Keys of the browser that would lose work or leave the app. */
const BROWSER_KEYS = new Set(["f5", "mod+r", "mod+shift+r", "mod+p", "mod+f", "mod+s", "f7"]);

export function startKeys(): () => void {
  let before: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function forget() {
    clearTimeout(timer);
    before = null;
  }
  function find(commands: Command[], pressed: string) {
    const sequence = before === null ? pressed : `${before} ${pressed}`;
    return commands.find((c) => c.keys === sequence) ?? commands.find((c) => c.keys === pressed);
  }
  function onKeyDown(e: KeyboardEvent) {
    if (isAside(e)) return;
    const pressed = pressedKeys(e);
    if (pressed === null) return;
    if (BROWSER_KEYS.has(pressed)) e.preventDefault();
    const isPlain = !/^(mod|alt)\+|^f\d+$/.test(pressed);
    const isOff = isPlain && (isTyping(e.target) || !usePreferences.getState().letterKeys);
    if (isOff || isInLayer(e.target)) return forget();
    const all = availableCommands(useRegistry.getState().layers);
    const commands = all.filter((c) => !c.isLocal);
    const command = find(commands, pressed);
    if (command) {
      e.preventDefault();
      forget();
      command.run();
      return;
    }
    const begins = commands.some((c) => c.keys?.startsWith(`${pressed} `));
    forget();
    if (!begins) return;
    before = pressed;
    timer = setTimeout(forget, SECOND_KEY_MS);
  }
  /** A button that has the focus would take it for a press of its own and let nobody else see it. */
  function onCapture(e: KeyboardEvent) {
    const isVerb = e.key === "Enter" && (e.ctrlKey || e.metaKey);
    if (!isVerb || !(e.target instanceof HTMLButtonElement)) return;
    onKeyDown(e);
    if (e.defaultPrevented) e.stopPropagation();
  }
  window.addEventListener("keydown", onCapture, true);
  window.addEventListener("keydown", onKeyDown);
  return () => {
    forget();
    window.removeEventListener("keydown", onCapture, true);
    window.removeEventListener("keydown", onKeyDown);
  };
}

export function useKeys(): void {
  useEffect(startKeys, []);
}
