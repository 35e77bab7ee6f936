import { create } from "zustand";
import { taskAt } from "./pages";

/** What the guide shows: a page, or the list of all. It stays while a person goes from screen to screen. */
interface Guide {
  isOpen: boolean;
  /** None: the list. */
  page: string | null;
  /** Rises when somebody asks for it by key, so that it takes the focus. */
  asked: number;
}

export const useGuide = create<Guide>(() => ({ isOpen: false, page: null, asked: 0 }));

/** The address of the screen in view, as routes are written. */
const here = () => decodeURIComponent(location.hash.replace(/^#/, "")) || "/";

export const taskHere = () => taskAt(here());

export function openGuide(page: string | null): void {
  useGuide.setState(({ asked }) => ({ isOpen: true, page, asked: asked + 1 }));
}

/** To read another page; the focus is in the guide already. */
export const turnTo = (page: string | null): void => openGuide(page);

export const closeGuide = (): void => useGuide.setState({ isOpen: false });

const hasFocus = () => document.activeElement?.closest("[data-guide]") !== null;

/** F1: the page of this screen; once more, from within it, and it is gone. */
export function askGuide(): void {
  if (useGuide.getState().isOpen && hasFocus()) closeGuide();
  else openGuide(taskHere()?.id ?? null);
}
