import { useEffect, useRef, useState } from "react";
import s from "./Page.module.css";
import { SearchField } from "./TextField";

const PAUSE_MS = 150;

export interface BarSearchProps {
  /** What is looked for; stands in the field while it is empty, unless a hint does. */
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}

/**
 * The search of a list, in its bar. The list is asked anew when somebody pauses, not for every
 * letter. Gives way when the other controls need the room.
 */
export function BarSearch({ label, hint, value, onChange }: BarSearchProps) {
  const [text, setText] = useState(value);
  // What was asked for comes back when the list is on its way; by then more may be typed.
  const asked = useRef(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === asked.current) return;
    const pause = setTimeout(() => {
      asked.current = text;
      latest.current(text);
    }, PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text]);
  return (
    <div className={s.search} data-list-search>
      <SearchField label={label} placeholder={hint ?? label} value={text} onChange={setText} />
    </div>
  );
}
