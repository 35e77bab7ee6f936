/* Shows where on a screen something stands: it takes the focus as soon as it is drawn. */

const WAIT_MS = 100;
const TRIES = 30;
const HANDLES = "a, button, input, [role=tab], [role=radio], [role=combobox]";

/** What a handle is called. */
function nameOf(handle: Element): string {
  const label = handle.getAttribute("aria-label");
  const text = handle instanceof HTMLInputElement ? handle.labels?.[0]?.textContent : undefined;
  return (label ?? text ?? handle.textContent ?? "").trim();
}

function handleOf(word: string): HTMLElement | undefined {
  const start = word.split("…")[0] ?? word;
  const all = [
    ...document.querySelectorAll<HTMLElement>(`#work ${HANDLES.replaceAll(", ", ", #work ")}`),
  ];
  return (
    all.find((one) => nameOf(one) === word) ??
    all.find((one) => start !== "" && nameOf(one).startsWith(start))
  );
}

/** Puts the focus on what bears the word, once the screen has it. */
export function pointAt(word: string, tries = TRIES): void {
  setTimeout(() => {
    const handle = handleOf(word);
    // What stands in the middle of much else is easier to see from there.
    handle?.scrollIntoView({ block: "nearest" });
    if (handle) handle.focus({ focusVisible: true } as FocusOptions);
    else if (tries > 0) pointAt(word, tries - 1);
  }, WAIT_MS);
}
