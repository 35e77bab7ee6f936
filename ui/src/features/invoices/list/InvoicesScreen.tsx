import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import type { InvoiceRow } from "~/ipc/gen/InvoiceRow";
import { DataGrid, type GridSelection, NOTHING_SELECTED, selectedCount } from "~/ui/grid";
import { Button, Page, PageHead, Split, Tabs } from "~/ui/primitives";
import { useConnections, useInvoiceCounts, useInvoices } from "../api";
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

const focusSearch = () =>
  document.querySelector<HTMLInputElement>("[data-list-search] input")?.focus();

/** All documents: what waits, what is owed, what is done. */
export function InvoicesScreen() {
  const { t } = useTranslation("invoices");
  const search = invoicesRoute.useSearch();
  const navigate = useNavigate();
  const narrow = (change: Partial<ListSearch>) => {
    void navigate({
      to: "/invoices",
      search: (old: ListSearch) => ({ ...old, ...change }),
      replace: true,
    });
  };
  const filter = useMemo(() => filterOf(search), [search]);
  const filterName = JSON.stringify(filter);
  const sort = useMemo(() => sortOf(search), [search]);
  const rows = useInvoices(filter, orderOf(sort));
  const counts = useInvoiceCounts({ ...filter, view: "all" }).data;
  const connections = useConnections();
  const open = useMemo(() => connections?.filter((c) => c.state !== "closed") ?? [], [connections]);
  const sums = rows.page?.sums;
  const sum = sums?.length === 1 ? sums[0] : undefined;
  const columns = useMemo(() => columnsOf({ t, sum, connections: open }), [t, sum, open]);

  const memory = useListMemory();
  const listName = `${filterName} ${sortText(sort)}`;
  const { peek } = memory;
  const peeked = memory.peeked?.list === listName ? memory.peeked : null;
  const peekAt = (r: InvoiceRow, index: number) =>
    peek({ list: listName, id: r.id, kind: r.kind, index });
  const selection = memory.filter === filterName ? memory.selection : NOTHING_SELECTED;
  const select = (next: GridSelection) => memory.select(filterName, next);
  const picked = selectedCount(selection, rows.count);
  const [knownCurrency, setKnownCurrency] = useState("NOK");
  const currency = sum?.gross.currency ?? knownCurrency;
  if (currency !== knownCurrency) setKnownCurrency(currency);

  const peekRow = peeked && rows.get(peeked.index);
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
      when: () => peekRow?.kind === "invoice",
      run: () => peekRow && goTo(paymentPath(peekRow.student_id, peekRow.id)),
    },
  ]);

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
          <DataGrid
            label={t("title")}
            columns={columns}
            rows={rows}
            rowId={(r) => r.id}
            sort={sort}
            onSort={(next) => narrow({ sort: sortText(next) })}
            selection={selection}
            onSelect={select}
            openId={peeked?.id}
            openIndex={peeked?.index}
            placeName={listName}
            onOpen={(r) => void navigate({ to: documentPath(r.kind, r.id) })}
            onPeek={peekAt}
            onActive={(r, index) => peeked && peekAt(r, index)}
            empty={
              <ListEmpty
                view={search.view ?? "all"}
                isNarrowed={isNarrowed(search)}
                onClear={() => void navigate({ to: "/invoices", search: { view: search.view } })}
              />
            }
            footLead={
              <ListFoot count={rows.count} all={counts?.all} hasSystems={open.length > 0} />
            }
          />
          {picked > 0 && (
            <BulkActions
              selection={selection}
              total={rows.count}
              filter={filter}
              canExport={open.length > 0}
              onSelect={select}
            />
          )}
        </Tabs>
      </Page>
      {peeked && <RowPeek peeked={peeked} rows={rows} onPeek={peekAt} onClose={() => peek(null)} />}
    </Split>
  );
}
