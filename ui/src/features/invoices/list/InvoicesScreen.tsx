import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import { useConnections } from "~/ipc/systems";
import { DataGrid, type GridSelection, NOTHING_SELECTED, selectedCount } from "~/ui/grid";
import { Button, Page, PageHead, Split, Tabs } from "~/ui/primitives";
import { useInvoiceCounts, useInvoices } from "../api";
import { documentPath, goTo, paymentPath } from "../paths";
import { invoicesRoute } from "../routes";
import { BulkActions } from "./BulkActions";
import { columnsOf } from "./columns";
import { FilterBar } from "./FilterBar";
import { filterOf, isNarrowed, type ListSearch, orderOf, sortOf, sortText, VIEWS } from "./filter";
import { ListEmpty } from "./ListEmpty";
import { ListFoot } from "./ListFoot";
import { useListMemory } from "./memory";
import { RowPeek } from "./RowPeek";

/** What the address asks for, and how it is narrowed further. */
function useList() {
  const search = invoicesRoute.useSearch();
  const navigate = useNavigate();
  const filter = useMemo(() => filterOf(search), [search]);
  const sort = useMemo(() => sortOf(search), [search]);
  const rows = useInvoices(filter, orderOf(sort));
  const sums = rows.page?.sums;
  const filterName = JSON.stringify(filter);
  return {
    search,
    filter,
    filterName,
    sort,
    rows,
    /** Filter and order: another name is another list. */
    name: `${filterName} ${sortText(sort)}`,
    /** Of all that match; a list of several currencies has none. */
    sum: sums?.length === 1 ? sums[0] : undefined,
    narrow: (change: Partial<ListSearch>) =>
      void navigate({
        to: "/invoices",
        search: (old: ListSearch) => ({ ...old, ...change }),
        replace: true,
      }),
  };
}

type List = ReturnType<typeof useList>;

/** What is marked and what is looked at; both outlive a visit to a document. */
function usePlaceIn({ filterName, name }: List) {
  const memory = useListMemory();
  return {
    peeked: memory.peeked?.list === name ? memory.peeked : null,
    peekAt: (r: InvoiceRow, index: number) =>
      memory.peek({ list: name, id: r.id, kind: r.kind, index }),
    unpeek: () => memory.peek(null),
    selection: memory.filter === filterName ? memory.selection : NOTHING_SELECTED,
    select: (next: GridSelection) => memory.select(filterName, next),
  };
}

type Place = ReturnType<typeof usePlaceIn>;

const focusSearch = () =>
  document.querySelector<HTMLInputElement>("[data-list-search] input")?.focus();

function useListKeys({ rows }: List, { peeked }: Place) {
  const { t } = useTranslation("invoices");
  const row = peeked && rows.get(peeked.index);
  useCommands([
    {
      id: "invoices.search",
      title: () => t("search_list"),
      group: "screen",
      keys: "/",
      run: focusSearch,
    },
    {
      id: "invoices.search.f",
      title: () => t("search_list"),
      group: "screen",
      keys: "mod+f",
      isHidden: true,
      run: focusSearch,
    },
    {
      id: "invoices.pay",
      title: () => t("record_payment"),
      group: "screen",
      keys: "r",
      when: () => row?.kind === "invoice",
      run: () => row && goTo(paymentPath(row.student_id, row.id)),
    },
  ]);
}

/** All documents: what waits, what is owed, what is done. */
export function InvoicesScreen() {
  const { t } = useTranslation("invoices");
  const list = useList();
  const place = usePlaceIn(list);
  useListKeys(list, place);
  const { search, filter, rows, narrow } = list;
  const counts = useInvoiceCounts({ ...filter, view: "all" }).data;
  const [knownCurrency, setKnownCurrency] = useState("NOK");
  const currency = list.sum?.gross.currency ?? knownCurrency;
  if (currency !== knownCurrency) setKnownCurrency(currency);
  return (
    <Split>
      <Page>
        <PageHead
          title={t("title")}
          actions={
            <Button variant="primary" icon={Plus} keys="c" onPress={() => goTo("/invoices/new")}>
              {t("new")}
            </Button>
          }
        />
        <Tabs
          label={t("views")}
          value={search.view ?? "all"}
          onChange={(view) => narrow({ view: view === "all" ? undefined : view })}
          tabs={VIEWS.map((id) => ({
            id,
            name: t(`view_${id}`),
            count: counts?.[id],
            isAlarming: id === "export_failed",
          }))}
        >
          <FilterBar search={search} currency={currency} onNarrow={narrow} />
          <Documents list={list} place={place} all={counts?.all} />
        </Tabs>
      </Page>
      {place.peeked && (
        <RowPeek peeked={place.peeked} rows={rows} onPeek={place.peekAt} onClose={place.unpeek} />
      )}
    </Split>
  );
}

interface DocumentsProps {
  list: List;
  place: Place;
  /** How many there are without the view. */
  all: number | undefined;
}

function Documents({ list, place, all }: DocumentsProps) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const connections = useConnections().data?.connections;
  const open = useMemo(() => connections?.filter((c) => c.state !== "closed") ?? [], [connections]);
  const { search, rows, sort, sum } = list;
  const { peeked, selection } = place;
  const columns = useMemo(() => columnsOf({ t, sum, connections: open }), [t, sum, open]);
  const view = search.view ?? "all";
  return (
    <DataGrid
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(r) => r.id}
      sort={sort}
      onSort={(next) => list.narrow({ sort: sortText(next) })}
      selection={selection}
      onSelect={place.select}
      openId={peeked?.id}
      openIndex={peeked?.index}
      placeName={list.name}
      onOpen={(r) => void navigate({ to: documentPath(r.kind, r.id) })}
      onPeek={place.peekAt}
      onActive={(r, index) => peeked && place.peekAt(r, index)}
      empty={
        <ListEmpty
          view={view}
          isNarrowed={isNarrowed(search)}
          onClear={() => void navigate({ to: "/invoices", search: { view: search.view } })}
        />
      }
      footLead={<ListFoot count={rows.count} all={all} hasSystems={open.length > 0} />}
      bulk={
        selectedCount(selection, rows.count) > 0 && (
          <BulkActions
            selection={selection}
            total={rows.count}
            filter={list.filter}
            canExport={open.length > 0}
            onSelect={place.select}
          />
        )
      }
    />
  );
}
