import { ChevronDown } from "lucide-react";
import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useContext,
  useEffect,
  useRef,
} from "react";
import {
  Button,
  ComboBoxStateContext,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { ComboOption } from "./ComboBox";
import { cx } from "./cx";
import { fieldStyles as s } from "./Field";
import { Icon } from "./Icon";
import l from "./list.module.css";
import type { Found } from "./useFound";
import type { Searching } from "./useSearching";

interface ComboInputProps {
  search: Searching;
  placeholder?: string;
  name?: string;
}

/** Enter chooses the first match where none is marked, also when it has yet to be found. */
export function ComboInput({ search, placeholder, name }: ComboInputProps) {
  const { t } = useTranslation();
  const state = useContext(ComboBoxStateContext);
  const taking = useRef(search);
  taking.current = search;
  const { isShut, isWaiting, found } = search;
  useEffect(() => {
    if (!isWaiting || found.state === "loading") return;
    isShut.current = taking.current.takeFirst() || taking.current.isFree;
  }, [isShut, isWaiting, found]);
  useEffect(() => {
    if (isShut.current && state?.isOpen) state.close();
  });
  const goOn = () => {
    isShut.current = false;
  };

  function onKeyDown(event: KeyboardEvent) {
    // Keys that are held down with others are meant for the screen, such as saving.
    if (!event.ctrlKey && !event.metaKey) goOn();
    if (event.key === "Escape") search.giveUpSearch();
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    if (event.nativeEvent.isComposing || !search.isSearch) return;
    if (state === null || state.selectionManager.focusedKey !== null) return;
    event.preventDefault();
    event.stopPropagation();
    search.waitForFirst();
  }
  return (
    // Before the field's own keys, which would close the list and give up the search.
    <div
      ref={search.box}
      className={s.box}
      onKeyDownCapture={onKeyDown}
      onPointerDownCapture={goOn}
    >
      <Input className={s.input} placeholder={placeholder} name={name} />
      <Button className={s.boxButton} aria-label={t("show_options")}>
        <Icon of={ChevronDown} />
      </Button>
    </div>
  );
}

const EMPTY_WORDS = { loading: "searching", failed: "list_failed", ready: "no_match" } as const;

/** Only the columns that some choice fills take room. */
function columnsOf(options: readonly ComboOption[]): string {
  const tracks = ["minmax(0, 1fr)"];
  if (options.some((o) => o.code)) tracks.unshift("max-content");
  if (options.some((o) => o.meta)) tracks.push("max-content");
  if (options.some((o) => o.price)) tracks.push("minmax(72px, max-content)");
  return tracks.join(" ");
}

/** A press on it must not take the focus from the field, which would give up the search. */
function Nothing({ children }: { children: string }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it does nothing but keep what is.
    <div className={l.empty} onMouseDown={(event) => event.preventDefault()}>
      {children}
    </div>
  );
}

interface ComboListProps {
  box: RefObject<HTMLDivElement | null>;
  found: Found<ComboOption>;
}

/** What was found, its parts in columns. */
export function ComboList({ box, found: { state, options } }: ComboListProps) {
  const { t } = useTranslation();
  const has = {
    code: options.some((o) => o.code),
    meta: options.some((o) => o.meta),
    price: options.some((o) => o.price),
  };
  return (
    <Popover className={l.popover} offset={4} triggerRef={box} placement="bottom start">
      <ListBox
        className={cx(l.list, l.columnList)}
        renderEmptyState={() => <Nothing>{t(EMPTY_WORDS[state])}</Nothing>}
        style={{ "--option-columns": columnsOf(options) } as CSSProperties}
      >
        {(option: ComboOption) => (
          <ListBoxItem className={cx(l.item, l.columns)} textValue={option.name}>
            {has.code && <span className={l.code}>{option.code}</span>}
            <span className="clip">{option.name}</span>
            {has.meta && <span className={l.meta}>{option.meta}</span>}
            {has.price && <span className={l.price}>{option.price}</span>}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
