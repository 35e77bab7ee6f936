import { useNavigate } from "@tanstack/react-router";
import { Plus, Repeat } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { useCommands } from "~/commands/registry";
import { useConnections } from "~/ipc/systems";
import { DataGrid, selectedCount } from "~/ui/grid";
import { useDepartmentFilter, usePayerFilter, useStudentFilter } from "~/ui/list/commonFilters";
import { FilterBar } from "~/ui/list/FilterBar";
import type { Narrowing } from "~/ui/list/filters";
import { type ListPlace, peekProps, useListPlace } from "~/ui/list/useListPlace";
import { useViews } from "~/ui/list/useViews";
import { ViewsMenu } from "~/ui/list/ViewsMenu";
import { Button, Page, PageHead, Split, Tabs } from "~/ui/primitives";
import { useInvoiceCounts, useInvoices } from "../api";
import { documentPath, goTo, paymentPath } from "../paths";
import { invoicesRoute } from "../routes";
import { BulkActions } from "./BulkActions";
import { columnsOf } from "./columns";
import { filterOf, isNarrowed, type ListSearch, orderOf, sortOf, sortText, VIEWS } from "./filter";
import { ListEmpty } from "./ListEmpty";
import { ListFoot } from "./ListFoot";
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
    narrow: useAddressChange<Narrowing>(),
    show: (next: ListSearch) => void navigate({ to: "/invoices", search: next, replace: true }),
  };
}

type List = ReturnType<typeof useList>;

const focusSearch = () =>
  document.querySelector<HTMLInputElement>("[data-list-search] input")?.focus();

function useListKeys({ rows }: List, { peeked }: ListPlace) {
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
  const place = useListPlace("invoices", list.filterName, list.name);
  useListKeys(list, place);
  const { search, filter, rows, narrow } = list;
  const counts = useInvoiceCounts(filter).data;
  const panel = peekProps(place, rows, (row) => row.id);
  return (
    <Split>
      <Page>
        <PageHead
          title={t("title")}
          actions={
            <>
              <Button variant="quiet" icon={Repeat} onPress={() => goTo("/invoices/recurring")}>
                {t("recurring")}
              </Button>
              <Button variant="primary" icon={Plus} keys="c" onPress={() => goTo("/invoices/new")}>
                {t("new")}
              </Button>
            </>
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
          <Filters list={list} />
          <Documents list={list} place={place} all={counts?.all} />
        </Tabs>
      </Page>
      {panel && <RowPeek {...panel} />}
    </Split>
  );
}

/** What narrows the list further than its view, and the filters that were kept. */
function Filters({ list }: { list: List }) {
  const { t } = useTranslation(["invoices", "lists"]);
  const { search, narrow } = list;
  const student = useStudentFilter(search);
  const payer = usePayerFilter(search);
  const departments = useDepartmentFilter();
  const views = useViews({ list: "invoices", address: search, onShow: list.show });
  return (
    <FilterBar
      label={t("filters")}
      address={search}
      onNarrow={narrow}
      search={{ key: "q", label: t("search_list"), hint: t("search_hint") }}
      lead={<ViewsMenu views={views} />}
      filters={[
        {
          id: "issued",
          name: t("filter_issued"),
          look: "days",
          keys: ["issued_from", "issued_to"],
        },
        { id: "due", name: t("filter_due"), look: "days", keys: ["due_from", "due_to"] },
        {
          id: "amount",
          name: t("lists:amount"),
          look: "amounts",
          keys: ["amount_from", "amount_to"],
        },
        student,
        payer,
        ...departments,
      ]}
    />
  );
}

interface DocumentsProps {
  list: List;
  place: ListPlace;
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
      name="invoices"
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
      onPeek={(r, index) => place.peek(r.id, index)}
      onActive={(r, index) => peeked && place.peek(r.id, index)}
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
