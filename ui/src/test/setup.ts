import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { startI18n } from "~/i18n";
import { usePreferences } from "~/ui/preferences";

// jsdom draws nothing; what the components ask of the screen is answered with a plain window.
class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoObserver as unknown as typeof ResizeObserver;
globalThis.IntersectionObserver ??= NoObserver as unknown as typeof IntersectionObserver;
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})) as unknown as typeof window.matchMedia;
// The window of the grid needs a height; every element claims that of a small screen.
Object.defineProperty(HTMLElement.prototype, "clientHeight", { get: () => 640 });
Object.defineProperty(HTMLElement.prototype, "clientWidth", { get: () => 1000 });
window.scrollTo = () => undefined;
Element.prototype.scrollTo ??= () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.getAnimations ??= () => [];
globalThis.CSS ??= { escape: (text: string) => text.replace(/"/g, '\\"') } as typeof CSS;

beforeAll(() => {
  startI18n("en");
  usePreferences.setState({ language: "en", theme: "light", density: "compact" });
});
afterEach(cleanup);
