import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DataGrid, type GridColumn, type SortBy, sortText, type WindowedRows } from "../grid";
import { BarSearch, Button, EmptyState, Page, PageHead, Segmented, Toolbar } from "../primitives";

/** What of a list stands in the address; what is not set is left out of it. */
export interface ListAddress {
  query?: string;
  sort?: string;
  /** Only the rows that ask for something. */
  isNarrowed?: boolean;
}

interface WhyEmpty {
  title: string;
  body?: string;
  action?: ReactNode;
}

export interface ListScreenProps<R> {
  title: string;
  sub: string;
  /** Names the bar, the search and the choice between all rows and those that ask. */
  bar: { label: string; search: string; which: string; all: string; narrowed: string };
  actions: ReactNode;
  rows: WindowedRows<R>;
  rowId: (row: R) => string;
  columns: readonly GridColumn<R>[];
  address: ListAddress;
  sort: SortBy;
  /** With the whole of the next address. */
  onNavigate: (next: ListAddress) => void;
  onOpen: (row: R) => void;
  /** Nothing found, nothing left to do, nothing there yet. */
  noMatch: WhyEmpty;
  allDone: WhyEmpty;
  firstUse: WhyEmpty;
  count: string;
  /** A dialog of the list. */
  children?: ReactNode;
}

/** A list of the books: its verbs, a search, all rows or those that ask, and their sums. */
export function ListScreen<R>(props: ListScreenProps<R>) {
  const { bar, address, onNavigate, onOpen } = props;
  return (
    <Page>
      <PageHead title={props.title} sub={props.sub} actions={props.actions} />
      <Toolbar label={bar.label}>
        <BarSearch
          label={bar.search}
          value={address.query ?? ""}
          onChange={(text) => onNavigate({ ...address, query: text || undefined })}
        />
        <Segmented
          label={bar.which}
          value={address.isNarrowed ? "narrowed" : "all"}
          options={[
            { id: "all", name: bar.all },
            { id: "narrowed", name: bar.narrowed },
          ]}
          onChange={(id) => onNavigate({ ...address, isNarrowed: id === "narrowed" || undefined })}
        />
      </Toolbar>
      <DataGrid
        label={props.title}
        columns={props.columns}
        rows={props.rows}
        rowId={props.rowId}
        sort={props.sort}
        onSort={(next) => onNavigate({ ...address, sort: sortText(next) })}
        onOpen={onOpen}
        onPeek={onOpen}
        empty={<ListEmpty {...props} />}
        footLead={<span>{props.count}</span>}
      />
      {props.children}
    </Page>
  );
}

function ListEmpty<R>(props: ListScreenProps<R>) {
  const { t } = useTranslation();
  const { address, onNavigate, noMatch, allDone, firstUse } = props;
  const clear = () => onNavigate({ sort: address.sort });
  if (address.query)
    return (
      <EmptyState
        kind="no_match"
        title={noMatch.title}
        action={<Button onPress={clear}>{t("clear_filters")}</Button>}
      >
        {noMatch.body}
      </EmptyState>
    );
  const [kind, why] = address.isNarrowed
    ? (["all_done", allDone] as const)
    : (["first_use", firstUse] as const);
  return (
    <EmptyState kind={kind} title={why.title} action={why.action}>
      {why.body}
    </EmptyState>
  );
}
