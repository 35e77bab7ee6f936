import { useEffect, useRef, useState } from "react";
import type { ComboBoxProps, ComboOption } from "./ComboBox";
import { useFound } from "./useFound";

/** What is typed, what is found for it, and what becomes of it. */
export function useSearching<O extends ComboOption>(props: ComboBoxProps<O>) {
  const { value, onChange, load, onText } = props;
  const chosenName = value?.name ?? "";
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(chosenName);
  const [isOpen, setOpen] = useState(false);
  // What stands there unchanged is no search: the list then shows everything.
  const [isTyped, setTyped] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  // Set once a choice is taken, until the person goes on: a text that is written then, such as what
  // was saved, would open the list again.
  const isShut = useRef(false);
  const query = isTyped ? text.trim() : "";
  const found = useFound<O>(query, isOpen || isWaiting, load);
  useEffect(() => setText(chosenName), [chosenName]);
  const isIn = () => box.current?.contains(document.activeElement) ?? false;

  function choose(id: unknown) {
    const option = found.options.find((o) => o.id === id);
    if (!option) return;
    setText(option.name);
    setTyped(false);
    isShut.current = true;
    onChange(option);
  }
  function change(next: string) {
    // Only a person empties the field; it is also written anew when what was chosen is told late.
    if (next === "" && !isIn()) return;
    setText(next);
    setWaiting(false);
    // Choosing writes the name of the choice, which is no typing.
    const isName = found.options.some((option) => option.name === next);
    setTyped(!isName);
    if (!isName) isShut.current = false;
    if (onText && !isName) onText(next);
    if (next === "" && value !== null) onChange(null);
  }
  function giveUp() {
    if (onText && text !== chosenName) onText(text);
    else setText(chosenName);
    setTyped(false);
  }
  return {
    box,
    text,
    found,
    isWaiting,
    isShut,
    /** What is typed is a search, not what stood there before. */
    isSearch: query !== "",
    /** What is typed may stay as it is. */
    isFree: onText !== undefined,
    setOpen,
    choose,
    change,
    /** Enter takes the first match, as soon as there is an answer. */
    waitForFirst: () => setWaiting(true),
    /** Chooses the first match of the answer; false where there is none. */
    takeFirst: () => {
      const [first] = found.options;
      setWaiting(false);
      if (first) choose(first.id);
      else if (!isIn()) giveUp();
      return first !== undefined;
    },
    /** What was typed is no search any more. */
    giveUpSearch: () => {
      setWaiting(false);
      setTyped(false);
    },
    /** Somebody who pressed Enter and went on still gets the choice when the answer comes. */
    leave: () => isWaiting || giveUp(),
  };
}

export type Searching = ReturnType<typeof useSearching>;
