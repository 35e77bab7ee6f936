import s from "./Kbd.module.css";

const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

const CAPS: Record<string, string> = {
  mod: isMac ? "⌘" : "Ctrl",
  shift: isMac ? "⇧" : "Shift",
  alt: isMac ? "⌥" : "Alt",
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "Space",
  delete: "Del",
};

/** What stands on the caps: `mod+enter` is `Ctrl ↵`, `g i` is `G I`. */
export function keyCaps(keys: string): string[] {
  return keys
    .split(/[ +]/)
    .map((key) => CAPS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .map((cap) => (/^f\d/.test(cap) ? cap.toUpperCase() : cap));
}

/** Key caps of a shortcut in the notation of the command registry. Never read aloud. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={s.caps} aria-hidden>
      {keyCaps(keys).map((cap) => (
        <kbd key={cap} className={s.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
