import {
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  useQueries,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

/** One page of a list, as the backend answers it. */
export interface RowPage<R> {
  rows: readonly R[];
  /** How many rows match in all. */
  total: number;
  /** Version of the data the page was read from; pages of different versions never mix. */
  snapshot?: string;
}

export interface WindowedRowsOptions<R, P extends RowPage<R>> {
  /** Starts with the name of the command; holds filter and sort. */
  queryKey: QueryKey;
  fetchPage: (offset: number, limit: number, signal: AbortSignal) => Promise<P>;
  pageSize?: number;
}

/** A list of which only the pages in the window are held. */
export interface WindowedRows<R, P = RowPage<R>> {
  count: number;
  /** The row, or undefined while its page is on the way. */
  get: (index: number) => R | undefined;
  /** Tells which rows are in the window, so that their pages are fetched. */
  show: (first: number, last: number) => void;
  /** The newest page answered: carries sums and counts beside the rows. */
  page: P | undefined;
  isLoading: boolean;
  error: Error | null;
  refetch: () => void;
}

/** Pages that left the window are forgotten after a minute; thirty of them weigh little. */
const KEEP_MS = 60_000;
const PAGE_ROWS = 100;

/** One page of a list, as it is asked for and kept. */
function pageQuery<R, P extends RowPage<R>>(options: WindowedRowsOptions<R, P>, n: number) {
  const { queryKey, fetchPage, pageSize = PAGE_ROWS } = options;
  return {
    queryKey: [...queryKey, "page", pageSize, n],
    queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(n * pageSize, pageSize, signal),
    gcTime: KEEP_MS,
  };
}

/** Reads what a list shows first, before it is opened. What goes wrong is told when it is. */
export const firstRows =
  <R, P extends RowPage<R>>(options: WindowedRowsOptions<R, P>) =>
  (client: QueryClient): Promise<void> =>
    client.prefetchQuery(pageQuery(options, 0));

export function useWindowedRows<R, P extends RowPage<R> = RowPage<R>>(
  options: WindowedRowsOptions<R, P>,
): WindowedRows<R, P> {
  const { queryKey, pageSize = PAGE_ROWS } = options;
  const client = useQueryClient();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const identity = JSON.stringify(queryKey);

  const pageNumbers = useMemo(() => {
    const numbers = [];
    for (let n = range.first; n <= range.last; n++) numbers.push(n);
    return numbers;
  }, [range]);

  const results = useQueries({
    queries: pageNumbers.map((n) => ({
      ...pageQuery(options, n),
      // While a filter narrows, the old first page stays in view instead of a flash of nothing.
      placeholderData: n === 0 ? keepPreviousData : undefined,
    })),
  });

  const newest = results.reduce<(typeof results)[number] | undefined>(
    (best, r) => (r.data && (!best || r.dataUpdatedAt >= best.dataUpdatedAt) ? r : best),
    undefined,
  );
  // A jump leaves every page in the window on its way; the count must stand while they come.
  const kept = useRef<{ identity: string; page: P } | null>(null);
  if (newest?.data) kept.current = { identity, page: newest.data as P };
  const page = kept.current?.identity === identity ? kept.current.page : undefined;
  const snapshot = page?.snapshot;

  useOneSnapshot(identity, snapshot);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list starts at its top
  useEffect(() => setRange({ first: 0, last: 0 }), [identity]);

  const get = (index: number): R | undefined => {
    const n = Math.floor(index / pageSize);
    const shown = results[n - range.first]?.data as P | undefined;
    const held = shown ?? client.getQueryData<P>(pageQuery(options, n).queryKey);
    if (!held || (snapshot !== undefined && held.snapshot !== snapshot)) return undefined;
    return held.rows[index - n * pageSize];
  };

  const show = useCallback(
    (firstRow: number, lastRow: number) => {
      const first = Math.max(0, Math.floor(firstRow / pageSize));
      const last = Math.max(first, Math.floor(lastRow / pageSize));
      setRange((r) => (r.first === first && r.last === last ? r : { first, last }));
    },
    [pageSize],
  );

  return {
    count: page?.total ?? 0,
    get,
    show,
    page,
    isLoading: page === undefined && results.some((r) => r.isPending),
    error: page === undefined ? (results.find((r) => r.error)?.error ?? null) : null,
    refetch: () => void client.invalidateQueries({ queryKey }),
  };
}

/** A page of an older version of the data is read again rather than shown beside a newer one. */
function useOneSnapshot(identity: string, snapshot: string | undefined) {
  const client = useQueryClient();
  useEffect(() => {
    if (snapshot === undefined) return;
    void client.invalidateQueries({
      queryKey: JSON.parse(identity) as QueryKey,
      predicate: (q) => {
        const held = q.state.data as RowPage<unknown> | undefined;
        return held?.snapshot !== undefined && held.snapshot !== snapshot;
      },
    });
  }, [client, identity, snapshot]);
}

/** A list that is known in full, in the shape the grid reads. */
export function useLocalRows<R>(rows: readonly R[]): WindowedRows<R> {
  return useMemo(
    () => ({
      count: rows.length,
      get: (index) => rows[index],
      show: () => undefined,
      page: { rows, total: rows.length },
      isLoading: false,
      error: null,
      refetch: () => undefined,
    }),
    [rows],
  );
}
