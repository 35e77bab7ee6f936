import { ChevronDown } from "lucide-react";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import {
  ComboBox as AriaComboBox,
  Button,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { cx } from "./cx";
import { FieldFoot, FieldLabel, type FieldProps, fieldStyles as s } from "./Field";
import { Icon } from "./Icon";
import l from "./list.module.css";

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

/** Long enough to skip the letters of a fast typist, short enough not to be felt. */
const TYPING_PAUSE_MS = 120;

type Found<O> = { state: "loading" | "ready" | "failed"; options: readonly O[] };

function useOptions<O>(query: string, isWanted: boolean, load: ComboBoxProps["load"]): Found<O> {
  const [found, setFound] = useState<Found<O>>({ state: "loading", options: [] });
  const latestLoad = useRef(load);
  latestLoad.current = load;
  useEffect(() => {
    if (!isWanted) return;
    const abort = new AbortController();
    setFound((before) => ({ state: "loading", options: before.options }));
    const pause = setTimeout(() => {
      latestLoad.current(query, abort.signal).then(
        (options) => {
          if (!abort.signal.aborted)
            setFound({ state: "ready", options: options as unknown as O[] });
        },
        () => !abort.signal.aborted && setFound({ state: "failed", options: [] }),
      );
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(pause);
      abort.abort();
    };
  }, [query, isWanted]);
  return found;
}

/** Only the columns that some choice fills take room. */
function columnsOf(options: readonly ComboOption[]): string {
  const tracks = ["minmax(0, 1fr)"];
  if (options.some((o) => o.code)) tracks.unshift("max-content");
  if (options.some((o) => o.meta)) tracks.push("max-content");
  if (options.some((o) => o.price)) tracks.push("minmax(72px, max-content)");
  return tracks.join(" ");
}

/** One out of many that are searched where they are kept: students, services, accounts. */
export function ComboBox<O extends ComboOption>(props: ComboBoxProps<O>) {
  const { value, onChange, load, placeholder, onText } = props;
  const { t } = useTranslation();
  const [text, setText] = useState(value?.name ?? "");
  const chosenName = value?.name ?? "";
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  // What stands there unchanged is no search: the list then shows everything.
  const [isTyped, setTyped] = useState(false);
  const query = isTyped ? text.trim() : "";
  const found = useOptions<O>(query, isOpen, load as unknown as ComboBoxProps["load"]);
  const has = {
    code: found.options.some((o) => o.code),
    meta: found.options.some((o) => o.meta),
    price: found.options.some((o) => o.price),
  };

  useEffect(() => setText(chosenName), [chosenName]);

  function choose(id: unknown) {
    const option = found.options.find((o) => o.id === id);
    if (!option) return;
    setText(option.name);
    setTyped(false);
    onChange(option);
  }
  function change(next: string) {
    // Only a person empties the field; it is also written anew when what was chosen is told late.
    if (next === "" && !box.current?.contains(document.activeElement)) return;
    setText(next);
    // Choosing writes the name of the choice, which is no typing.
    const isName = found.options.some((option) => option.name === next);
    setTyped(!isName);
    if (onText && !isName) onText(next);
    if (next === "" && value !== null) onChange(null);
  }
  function leave() {
    if (onText && text !== chosenName) onText(text);
    else setText(chosenName);
    setTyped(false);
  }

  const emptyText =
    found.state === "loading"
      ? t("searching")
      : found.state === "failed"
        ? t("list_failed")
        : t("no_match");
  return (
    <AriaComboBox
      className={s.field}
      data-look={props.look}
      items={found.options}
      inputValue={text}
      onInputChange={change}
      value={value?.id || null}
      onChange={choose}
      onOpenChange={setOpen}
      onBlur={leave}
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
      <div ref={box} className={s.box}>
        <Input className={s.input} placeholder={placeholder} name={props.name} />
        <Button className={s.boxButton} aria-label={t("show_options")}>
          <Icon of={ChevronDown} />
        </Button>
      </div>
      <FieldFoot {...props} />
      <Popover className={l.popover} offset={4} triggerRef={box} placement="bottom start">
        <ListBox
          className={cx(l.list, l.columnList)}
          renderEmptyState={() => <div className={l.empty}>{emptyText}</div>}
          style={{ "--option-columns": columnsOf(found.options) } as CSSProperties}
        >
          {(option: O) => (
            <ListBoxItem className={cx(l.item, l.columns)} textValue={option.name}>
              {has.code && <span className={l.code}>{option.code}</span>}
              <span className="clip">{option.name}</span>
              {has.meta && <span className={l.meta}>{option.meta}</span>}
              {has.price && <span className={l.price}>{option.price}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
