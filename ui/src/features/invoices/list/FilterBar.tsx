import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { formatAmount } from "~/domain/money";
import { usePreferences } from "~/ui/preferences";
import { AddChip, Button, Menu, SearchField, Toolbar } from "~/ui/primitives";
import { useStudent } from "../api";
import s from "./Filter.module.css";
import { FilterChip } from "./FilterChip";
import { AmountPanel, RangePanel, StudentPanel } from "./FilterPanels";
import { isNarrowed, type ListSearch, NARROWING } from "./filter";

const KINDS = ["issued", "due", "amount", "student"] as const;
type Kind = (typeof KINDS)[number];

const PARTS: Record<Kind, readonly (keyof ListSearch)[]> = {
  issued: ["issued_from", "issued_to"],
  due: ["due_from", "due_to"],
  amount: ["amount_from", "amount_to"],
  student: ["student"],
};

const SEARCH_PAUSE_MS = 150;

interface FilterBarProps {
  search: ListSearch;
  currency: string;
  onNarrow: (change: Partial<ListSearch>) => void;
}

/** What narrows the list, as chips, and the search. All of it stands in the address. */
export function FilterBar({ search, currency, onNarrow }: FilterBarProps) {
  const { t } = useTranslation("invoices");
  const [opened, setOpened] = useState<Kind | null>(null);
  const chipValue = useChipValues(search, currency);
  const isOn = (kind: Kind) => PARTS[kind].some((key) => search[key] !== undefined);
  const shown = KINDS.filter((kind) => isOn(kind) || kind === opened);
  const rest = KINDS.filter((kind) => !shown.includes(kind));
  const without = (keys: readonly (keyof ListSearch)[]) =>
    onNarrow(Object.fromEntries(keys.map((key) => [key, undefined])));
  return (
    <Toolbar
      label={t("filters")}
      end={
        <ListSearchField value={search.q ?? ""} onChange={(q) => onNarrow({ q: q || undefined })} />
      }
    >
      {shown.map((kind) => (
        <FilterChip
          key={kind}
          name={t(`filter_${kind}`)}
          value={isOn(kind) ? chipValue(kind) : undefined}
          isOpen={opened === kind}
          onOpenChange={(isOpen) => setOpened(isOpen ? kind : null)}
          onRemove={isOn(kind) ? () => without(PARTS[kind]) : undefined}
        >
          {kind === "student" ? (
            <StudentPanel
              onChange={(student) => {
                onNarrow({ student });
                setOpened(null);
              }}
            />
          ) : kind === "amount" ? (
            <AmountPanel search={search} currency={currency} onNarrow={onNarrow} />
          ) : (
            <RangePanel of={kind} search={search} onNarrow={onNarrow} />
          )}
        </FilterChip>
      ))}
      {rest.length > 0 && (
        <Menu
          label={t("add_filter")}
          placement="bottom start"
          trigger={<AddChip label={t("filter")} />}
          groups={[
            {
              id: "kinds",
              actions: rest.map((kind) => ({
                id: kind,
                label: t(`filter_${kind}`),
                // The menu gives the focus back as it closes; the panel takes it afterwards.
                onAction: () => void setTimeout(() => setOpened(kind), 0),
              })),
            },
          ]}
        />
      )}
      {isNarrowed(search) && (
        <Button variant="quiet" size="small" onPress={() => without(NARROWING)}>
          {t("clear")}
        </Button>
      )}
    </Toolbar>
  );
}

function useChipValues(search: ListSearch, currency: string): (kind: Kind) => string {
  const { t } = useTranslation("invoices");
  const { language } = usePreferences();
  const student = useStudent(search.student).data?.person.name;
  const between = (from: string | undefined, to: string | undefined) => {
    if (from && to) return `${from} – ${to}`;
    return from ? t("since", { from }) : t("until", { to });
  };
  const day = (date: string | undefined) => date && formatDate(date, "row", language).trim();
  const amount = (text: string | undefined) => text && formatAmount({ amount: text, currency });
  return (kind) => {
    if (kind === "student") return student ?? "…";
    if (kind === "amount") return between(amount(search.amount_from), amount(search.amount_to));
    return between(day(search[`${kind}_from`]), day(search[`${kind}_to`]));
  };
}

function ListSearchField({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useTranslation("invoices");
  const [text, setText] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const pause = setTimeout(() => latest.current(text), SEARCH_PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text, value]);
  return (
    <div className={s.search} data-list-search>
      <SearchField
        label={t("search_list")}
        placeholder={t("search_hint")}
        value={text}
        onChange={setText}
      />
    </div>
  );
}
