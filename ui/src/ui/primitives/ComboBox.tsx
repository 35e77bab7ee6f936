import { useEffect, useRef, useState } from "react";
import { ComboBox as AriaComboBox } from "react-aria-components";
import { ComboInput, ComboList } from "./ComboBoxParts";
import { FieldFoot, FieldLabel, type FieldProps, fieldStyles as s } from "./Field";
import { useFound } from "./useFound";

export interface ComboOption {
  id: string;
  name: string;
  code?: string;
  meta?: string;
  /** Already formatted; stands right-aligned in the last column. */
  price?: string;
}

export interface ComboBoxProps<O extends ComboOption = ComboOption> extends FieldProps {
  value: O | null;
  onChange: (option: O | null) => void;
  /** Finds choices for what was typed; asked with "" when the list opens empty. */
  load: (query: string, signal: AbortSignal) => Promise<readonly O[]>;
  placeholder?: string;
  /** Takes what is typed as long as no choice is made of it: a line of free text. */
  onText?: (text: string) => void;
}

/** What is typed, what is found for it, and what becomes of it. */
function useSearching<O extends ComboOption>(props: ComboBoxProps<O>) {
  const { value, onChange, load, onText } = props;
  const chosenName = value?.name ?? "";
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(chosenName);
  const [isOpen, setOpen] = useState(false);
  // What stands there unchanged is no search: the list then shows everything.
  const [isTyped, setTyped] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const query = isTyped ? text.trim() : "";
  const found = useFound<O>(query, isOpen || isWaiting, load);
  useEffect(() => setText(chosenName), [chosenName]);
  const isIn = () => box.current?.contains(document.activeElement) ?? false;

  function choose(id: unknown) {
    const option = found.options.find((o) => o.id === id);
    if (!option) return;
    setText(option.name);
    setTyped(false);
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
    isSearch: query !== "",
    setOpen,
    setWaiting,
    choose,
    change,
    /** Somebody who pressed Enter and went on still gets the choice when the answer comes. */
    leave: () => isWaiting || giveUp(),
    nothingFound: () => isIn() || giveUp(),
  };
}

/** One out of many that are searched where they are kept: students, services, accounts. */
export function ComboBox<O extends ComboOption>(props: ComboBoxProps<O>) {
  const search = useSearching(props);
  return (
    <AriaComboBox
      className={s.field}
      data-look={props.look}
      items={search.found.options}
      inputValue={search.text}
      onInputChange={search.change}
      value={props.value?.id || null}
      onChange={search.choose}
      onOpenChange={search.setOpen}
      onBlur={search.leave}
      defaultFilter={() => true}
      allowsEmptyCollection
      allowsCustomValue
      menuTrigger="input"
      isInvalid={props.error !== undefined}
      isRequired={props.isRequired}
      isDisabled={props.isDisabled}
      isReadOnly={props.isReadOnly}
      autoFocus={props.autoFocus}
      validationBehavior="aria"
    >
      <FieldLabel {...props} />
      <ComboInput
        box={search.box}
        found={search.found}
        isSearch={search.isSearch}
        isWaiting={search.isWaiting}
        onWaiting={search.setWaiting}
        onChoose={search.choose}
        onNothing={search.nothingFound}
        placeholder={props.placeholder}
        name={props.name}
      />
      <FieldFoot {...props} />
      <ComboList box={search.box} found={search.found} />
    </AriaComboBox>
  );
}
