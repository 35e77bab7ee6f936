import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { formatAmount } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { usePreferences } from "../preferences";
import { AddChip, BarSearch, Button, Menu } from "../primitives";
import s from "./Filter.module.css";
import { FilterChip } from "./FilterChip";
import { FilterPanel } from "./FilterPanels";
import { type Filter, isOn, type Narrowing, valueAt, without } from "./filters";

export interface FilterBarProps {
  /** Read aloud as the name of the bar. */
  label: string;
  filters: readonly Filter[];
  /** What stands in the address of the list. */
  address: object;
  onNarrow: (change: Narrowing) => void;
  /** Without it there is nothing to type. */
  search?: { key: string; label: string; hint?: string };
  /** Stands before the chips: the views of the list, a choice between a few looks at it. */
  lead?: ReactNode;
}

/** What narrows a list, as chips, and its search. All of it stands in the address. */
export function FilterBar(props: FilterBarProps) {
  const { label, filters, address, onNarrow, search, lead } = props;
  const { t } = useTranslation("lists");
  const [opened, setOpened] = useState<string | null>(null);
  const chipValue = useChipValues(address);
  const shown = filters.filter((filter) => isOn(filter, address) || filter.id === opened);
  const rest = filters.filter((filter) => !shown.includes(filter));
  const query = (search && valueAt(address, search.key)) ?? "";
  const keys = [...filters.flatMap((filter) => filter.keys), ...(search ? [search.key] : [])];
  return (
    <div className={s.bar} role="toolbar" aria-label={label}>
      {lead}
      {shown.map((filter) => (
        <FilterChip
          key={filter.id}
          name={filter.name}
          value={isOn(filter, address) ? chipValue(filter) : undefined}
          isOpen={opened === filter.id}
          onOpenChange={(isOpen) => setOpened(isOpen ? filter.id : null)}
          onRemove={isOn(filter, address) ? () => onNarrow(without(filter.keys)) : undefined}
        >
          <FilterPanel
            filter={filter}
            address={address}
            onNarrow={onNarrow}
            onDone={() => setOpened(null)}
          />
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
              actions: rest.map(({ id, name }) => ({
                id,
                label: name,
                // The menu gives the focus back as it closes; the panel takes it afterwards.
                onAction: () => void setTimeout(() => setOpened(id), 0),
              })),
            },
          ]}
        />
      )}
      {(shown.some((filter) => isOn(filter, address)) || query !== "") && (
        <Button variant="quiet" size="small" onPress={() => onNarrow(without(keys))}>
          {t("clear")}
        </Button>
      )}
      {search && (
        <div className={s.search}>
          <BarSearch
            label={search.label}
            hint={search.hint}
            value={query}
            onChange={(text) => onNarrow({ [search.key]: text || undefined })}
          />
        </div>
      )}
    </div>
  );
}

function useChipValues(address: object): (filter: Filter) => string {
  const { t } = useTranslation("lists");
  const { language } = usePreferences();
  const { currency } = useDesk();
  const between = (from: string | undefined, to: string | undefined) => {
    if (from && to) return from === to ? from : `${from} – ${to}`;
    return from ? t("since", { from }) : t("until", { to });
  };
  const day = (date: string | undefined) => date && formatDate(date, "row", language).trim();
  const amount = (text: string | undefined) => text && formatAmount({ amount: text, currency });
  return (filter) => {
    const [first, second] = filter.keys.map((key) => valueAt(address, key));
    if (filter.look === "days") return between(day(first), day(second));
    if (filter.look === "amounts") return between(amount(first), amount(second));
    if (filter.look === "found") return filter.shown ?? "…";
    return filter.options.find((option) => option.id === first)?.name ?? first ?? "";
  };
}
