import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import {
  DataGrid,
  type GridColumn,
  type GridSelection,
  type SortBy,
  selectedCount,
  sortText,
  type WindowedRows,
} from "../grid";
import { Button, EmptyState, Page, PageHead, Segmented, Split } from "../primitives";
import { FilterBar } from "./FilterBar";
import { addressText, type Filter, isOn, type Narrowing, valueAt } from "./filters";
import { type ListPeekProps, peekProps, useListPlace } from "./useListPlace";
import { useViews } from "./useViews";
import { ViewsMenu } from "./ViewsMenu";

interface WhyEmpty {
  title: string;
  body?: string;
  action?: ReactNode;
}

/** All rows, or those that ask for something. */
interface Which {
  key: string;
  label: string;
  all: string;
  narrowed: string;
}

/** The parts of a list, of which one is shown. */
export interface Shelves {
  key: string;
  label: string;
  /** The one that is shown where the address names none. */
  usual: string;
  options: readonly { id: string; name: string }[];
  /** Another one holds something. */
  hasAny: boolean;
}

export interface ListScreenProps<R> {
  /** Names the list in the book: its views and columns are kept under it. */
  list: string;
  title: string;
  sub: string;
  /** Names the bar and its search. */
  bar: { label: string; search: string };
  which?: Which;
  shelves?: Shelves;
  filters: readonly Filter[];
  actions: ReactNode;
  rows: WindowedRows<R>;
  rowId: (row: R) => string;
  columns: readonly GridColumn<R>[];
  /** What stands in the address; `query` holds what is searched for, `sort` the order. */
  address: object;
  /** Parts of the address that are no filter, such as an open form. */
  except?: readonly string[];
  sort: SortBy;
  onNarrow: (change: Narrowing) => void;
  /** Goes to the list with just this in its address. */
  onShow: (address: Record<string, unknown>) => void;
  onOpen: (row: R) => void;
  /** The panel beside the list. */
  peek: (panel: ListPeekProps<R>) => ReactNode;
  /** What can be done with selected rows. */
  bulk: (selection: GridSelection, select: (selection: GridSelection) => void) => ReactNode;
  /** Nothing found, nothing left to do, nothing there yet. */
  noMatch: WhyEmpty;
  allDone: WhyEmpty;
  firstUse: WhyEmpty;
  count: string;
  /** A dialog of the list. */
  children?: ReactNode;
}

/** A list of the books: its verbs, its filters and views, its rows with their sums, and a panel. */
export function ListScreen<R>(props: ListScreenProps<R>) {
  const { list, address, sort, rows, rowId, except = [], onNarrow } = props;
  const filter = addressText(address, ["sort", ...except]);
  const order = `${filter} ${sortText(sort)}`;
  const place = useListPlace(list, filter, order);
  const panel = peekProps(place, rows, rowId);
  const { peeked, selection, select } = place;
  const hasSelected = selectedCount(selection, rows.count) > 0;
  useSearchKey();
  return (
    <Split>
      <Page>
        <PageHead title={props.title} sub={props.sub} actions={props.actions} />
        <Bar {...props} />
        <DataGrid
          label={props.title}
          name={list}
          columns={props.columns}
          rows={rows}
          rowId={rowId}
          sort={sort}
          onSort={(next) => onNarrow({ sort: sortText(next) })}
          selection={selection}
          onSelect={select}
          openId={peeked?.id}
          openIndex={peeked?.index}
          placeName={`${list} ${order}`}
          onOpen={props.onOpen}
          onPeek={(row, index) => place.peek(rowId(row), index)}
          onActive={(row, index) => peeked && place.peek(rowId(row), index)}
          empty={<ListEmpty {...props} />}
          footLead={<span>{props.count}</span>}
          bulk={hasSelected && props.bulk(selection, select)}
        />
        {props.children}
      </Page>
      {panel && props.peek(panel)}
    </Split>
  );
}

function Bar<R>({ list, address, except, onShow, ...props }: ListScreenProps<R>) {
  const { bar, which, shelves, filters, onNarrow } = props;
  const views = useViews({ list, address, except, onShow });
  return (
    <FilterBar
      label={bar.label}
      filters={filters}
      address={address}
      onNarrow={onNarrow}
      search={{ key: "query", label: bar.search }}
      lead={
        <>
          <ViewsMenu views={views} />
          {which && (
            <Segmented
              label={which.label}
              value={valueAt(address, which.key) === undefined ? "all" : "narrowed"}
              options={[
                { id: "all", name: which.all },
                { id: "narrowed", name: which.narrowed },
              ]}
              onChange={(id) => onNarrow({ [which.key]: id === "narrowed" || undefined })}
            />
          )}
          {shelves && (
            <Segmented
              label={shelves.label}
              value={valueAt(address, shelves.key) ?? shelves.usual}
              options={shelves.options}
              onChange={(id) => onNarrow({ [shelves.key]: id === shelves.usual ? undefined : id })}
            />
          )}
        </>
      }
    />
  );
}

function ListEmpty<R>(props: ListScreenProps<R>) {
  const { t } = useTranslation();
  const { address, which, shelves, filters, noMatch, allDone, firstUse, onShow } = props;
  const isNarrowed = valueAt(address, "query") || filters.some((filter) => isOn(filter, address));
  if (isNarrowed)
    return (
      <EmptyState
        kind="no_match"
        title={noMatch.title}
        action={
          <Button onPress={() => onShow({ sort: valueAt(address, "sort") })}>
            {t("clear_filters")}
          </Button>
        }
      >
        {noMatch.body}
      </EmptyState>
    );
  const isDone = shelves?.hasAny || (which && valueAt(address, which.key) !== undefined);
  const [kind, why] = isDone
    ? (["all_done", allDone] as const)
    : (["first_use", firstUse] as const);
  return (
    <EmptyState kind={kind} title={why.title} action={why.action}>
      {why.body}
    </EmptyState>
  );
}
