import { CornerDownRight, Search } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { Icon, Kbd } from "~/ui/primitives";
import { openLayer, useLayer } from "./layers";
import s from "./Palette.module.css";
import { type RecentItem, useRecents } from "./recent";
import {
  availableCommands,
  type Command,
  type CommandGroup,
  type FoundItem,
  type PaletteSource,
  useRegistry,
} from "./registry";

const TYPING_PAUSE_MS = 100;
/** Before anything is typed, the list stays short enough to be read at a glance. */
const RECENT_SHOWN = 5;
const GROUPS: readonly CommandGroup[] = ["screen", "do", "go", "window"];

interface Found {
  source: PaletteSource;
  items: readonly FoundItem[];
}

/** Asks every source; one that fails or is slow does not hold back the others. */
function useFound(query: string, sources: readonly PaletteSource[]): Found[] {
  const [found, setFound] = useState<Found[]>([]);
  useEffect(() => {
    setFound([]);
    if (query.length < 2) return;
    const abort = new AbortController();
    const pause = setTimeout(() => {
      for (const source of sources)
        source.search(query, abort.signal).then(
          (items) => {
            if (abort.signal.aborted || items.length === 0) return;
            setFound((all) => [...all, { source, items }]);
          },
          // The palette works on what it has; the screen of the source reports the failure.
          () => undefined,
        );
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(pause);
      abort.abort();
    };
  }, [query, sources]);
  return sources.flatMap((source) => found.filter((f) => f.source === source));
}

/** Every word typed must begin somewhere in the title, in any order. */
export function titleMatches(title: string, query: string): boolean {
  const text = title.toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function Palette({ sources }: { sources: readonly PaletteSource[] }) {
  const isOpen = useLayer((l) => l.open === "palette");
  return (
    <ModalOverlay
      className={s.scrim}
      isOpen={isOpen}
      onOpenChange={(open) => !open && openLayer(null)}
      isDismissable
    >
      <Modal className={s.palette}>
        <PaletteBody sources={sources} />
      </Modal>
    </ModalOverlay>
  );
}

/** What matches the words typed: commands at once, objects of the book as their sources answer. */
function useMatches(text: string, sources: readonly PaletteSource[]) {
  const query = text.trim();
  const layers = useRegistry((r) => r.layers);
  const commands = useMemo(() => availableCommands(layers).filter((c) => !c.isHidden), [layers]);
  const matching = commands.filter((c) => titleMatches(c.title(), query));
  const found = useFound(query, sources);
  const here = decodeURIComponent(location.hash.replace(/^#/, "").split("?")[0] ?? "");
  const recent = useRecents((r) => r.items).filter(
    ({ path, label, detail = "" }) => path !== here && titleMatches(`${label} ${detail}`, query),
  );
  return { query, matching, found, recent: query === "" ? recent.slice(0, RECENT_SHOWN) : recent };
}

function PaletteBody({ sources }: { sources: readonly PaletteSource[] }) {
  const { t } = useTranslation("commands");
  const [text, setText] = useState("");
  const { query, matching, found, recent } = useMatches(text, sources);

  function run(id: string) {
    const item = found.flatMap((f) => f.items).find((i) => `found ${i.id}` === id);
    const command = matching.find((c) => c.id === id);
    const place = recent.find((r) => `recent ${r.path}` === id);
    openLayer(null);
    // After the palette has given the focus back, so that the command may take it.
    setTimeout(() => (place ? goTo(place.path) : (item ?? command)?.run()), 0);
  }
  const count = matching.length + recent.length + found.reduce((sum, f) => sum + f.items.length, 0);
  return (
    <Dialog aria-label={t("palette")} className={s.dialog}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <SearchField aria-label={t("palette")} autoFocus className={s.search}>
          <Icon of={Search} />
          <Input className={s.input} placeholder={t("placeholder")} />
          <Kbd keys="escape" />
        </SearchField>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys */}
        <section className={s.scroll} tabIndex={0} aria-label={t("palette")}>
          <Menu
            className={s.list}
            aria-label={t("palette")}
            onAction={(id) => run(String(id))}
            renderEmptyState={() => <div className={s.empty}>{t("no_results")}</div>}
          >
            {GROUPS.flatMap((group) => [
              <CommandSection key={group} group={group} commands={matching} query={query} />,
              // What can be done here comes first, then what was looked at last.
              group === "screen" && recent.length > 0 && (
                <MenuSection key="recent" id="recent" className={s.section}>
                  <Header className={s.head}>{t("recent")}</Header>
                  {recent.map((item) => (
                    <RecentRow key={item.path} item={item} query={query} />
                  ))}
                </MenuSection>
              ),
            ])}
            {found.map(({ source, items }) => (
              <MenuSection key={source.id} id={`source ${source.id}`} className={s.section}>
                <Header className={s.head}>{source.title()}</Header>
                {items.map((item) => (
                  <FoundRow key={item.id} item={item} query={query} />
                ))}
              </MenuSection>
            ))}
          </Menu>
        </section>
      </Autocomplete>
      <PaletteFoot count={count} />
    </Dialog>
  );
}

interface CommandSectionProps {
  group: CommandGroup;
  commands: readonly Command[];
  query: string;
}

function CommandSection({ group, commands, query }: CommandSectionProps) {
  const { t } = useTranslation("commands");
  const inGroup = commands.filter((c) => c.group === group);
  if (inGroup.length === 0) return null;
  return (
    <MenuSection id={group} className={s.section}>
      <Header className={s.head}>{t(group)}</Header>
      {inGroup.map((c) => (
        <CommandRow key={c.id} command={c} query={query} />
      ))}
    </MenuSection>
  );
}

function RecentRow({ item, query }: { item: RecentItem; query: string }) {
  const { path, icon, label, detail } = item;
  return (
    <MenuItem id={`recent ${path}`} textValue={label} className={s.row}>
      <Icon of={icon} />
      <span>{marked(label, query)}</span>
      {detail && <span className={s.detail}>{detail}</span>}
    </MenuItem>
  );
}

function PaletteFoot({ count }: { count: number }) {
  const { t } = useTranslation("commands");
  return (
    <footer className={s.foot}>
      <span>
        <Kbd keys="arrowup arrowdown" /> {t("move")}
      </span>
      <span>
        <Kbd keys="enter" /> {t("choose")}
      </span>
      <span className={s.count} aria-live="polite">
        {t("results", { count })}
      </span>
    </footer>
  );
}

function FoundRow({ item, query }: { item: FoundItem; query: string }) {
  return (
    <MenuItem id={`found ${item.id}`} textValue={item.label} className={s.row}>
      <Icon of={item.icon ?? CornerDownRight} />
      <span>{marked(item.label, query)}</span>
      {item.detail && <span className={s.detail}>{item.detail}</span>}
      {item.end && <span className={s.end}>{item.end}</span>}
    </MenuItem>
  );
}

function CommandRow({ command, query }: { command: Command; query: string }) {
  const title = command.title();
  return (
    <MenuItem id={command.id} textValue={title} className={s.row}>
      <Icon of={command.icon ?? CornerDownRight} />
      <span>{marked(title, query)}</span>
      {command.keys && (
        <span className={s.end}>
          <Kbd keys={command.keys} />
        </span>
      )}
    </MenuItem>
  );
}

function marked(label: string, query: string): ReactNode {
  const at = query === "" ? -1 : label.toLocaleLowerCase().indexOf(query.toLocaleLowerCase());
  if (at < 0) return label;
  return (
    <>
      {label.slice(0, at)}
      <mark className={s.mark}>{label.slice(at, at + query.length)}</mark>
      {label.slice(at + query.length)}
    </>
  );
}
